using NeuroHal.Datasets.Idx;

namespace NeuroHal.Datasets.Sources;

/// <summary>Reads a set's four files and makes sure that they go together.</summary>
internal static class SetReader
{
    public static Dataset Read(KnownSet set, FoundSet found)
    {
        LabeledImages train = ReadPair(set, found.Files, 0);
        LabeledImages test = ReadPair(set, found.Files, 2);
        if (train.Rows != test.Rows || train.Columns != test.Columns)
        {
            throw new BadDataException(
                $"{found.Folder}: training images have {train.Rows} x {train.Columns} pixels, test images {test.Rows} x {test.Columns}.");
        }
        return new Dataset
        {
            Name = set.Name,
            Origin = found.Folder,
            Notice = set.Sha256 is null ? $"{set.Name}: no checksum is known for this set; its content is not verified." : null,
            Sha256 = Dataset.Hash(train, test),
            Classes = KnownSet.Classes,
            Train = train,
            Test = test,
        };
    }

    private static LabeledImages ReadPair(KnownSet set, IReadOnlyList<string> files, int first)
    {
        string images = files[first];
        string labels = files[first + 1];
        (int rows, int columns, ReadOnlyMemory<byte> pixels) = IdxFile.ReadImages(images, set.Checksum(first));
        ReadOnlyMemory<byte> marks = IdxFile.ReadLabels(labels, KnownSet.Classes, set.Checksum(first + 1));
        int count = pixels.Length / (rows * columns);
        return count == marks.Length
            ? new LabeledImages(rows, columns, pixels, marks)
            : throw new BadDataException($"{images} holds {count} images, but {labels} holds {marks.Length} labels.");
    }
}
