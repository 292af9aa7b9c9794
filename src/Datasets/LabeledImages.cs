namespace NeuroHal.Datasets;

/// <summary>Grey images of one size, 8 bit a pixel, with a label each.</summary>
public sealed record LabeledImages
{
    /// <summary>Checks and keeps images.</summary>
    /// <param name="rows">The height of an image.</param>
    /// <param name="columns">The width of an image.</param>
    /// <param name="pixels">[images][rows][columns].</param>
    /// <param name="labels">[images].</param>
    /// <exception cref="BadDataException">The lengths do not go together, or there is no image.</exception>
    public LabeledImages(int rows, int columns, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        if (labels.Length == 0 || pixels.Length != (long)labels.Length * rows * columns)
        {
            throw new BadDataException(
                $"{pixels.Length} pixels and {labels.Length} labels are not images of {rows} x {columns} pixels.");
        }
        (Rows, Columns, Pixels, Labels) = (rows, columns, pixels, labels);
    }

    /// <summary>The images.</summary>
    public int Count => Labels.Length;

    /// <summary>The height of an image.</summary>
    public int Rows { get; }

    /// <summary>The width of an image.</summary>
    public int Columns { get; }

    /// <summary>[images][rows][columns].</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>[images].</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Some of the images, without copying them.</summary>
    /// <exception cref="BadArgumentException">The range is not inside, or empty.</exception>
    public LabeledImages Slice(int start, int count)
    {
        if (start < 0 || count < 1 || (long)start + count > Count)
        {
            throw new BadArgumentException($"Images [{start}, {(long)start + count}) asked for; there are {Count}.");
        }
        int size = Rows * Columns;
        return new LabeledImages(Rows, Columns, Pixels.Slice(start * size, count * size), Labels.Slice(start, count));
    }
}

/// <summary>A data set: images to train on and others to test with.</summary>
public sealed record Dataset
{
    /// <summary>Its name, such as <c>mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it came from, in one line.</summary>
    public required string Origin { get; init; }

    /// <summary>The SHA-256, as lower-case hex, of training pixels, training labels, test pixels and test labels in turn.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Something a user should know, in one line; null where there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The number of classes; labels are below it.</summary>
    public required int Classes { get; init; }

    /// <summary>To train on.</summary>
    public required LabeledImages Train { get; init; }

    /// <summary>To test with.</summary>
    public required LabeledImages Test { get; init; }

    internal static string Hash(LabeledImages train, LabeledImages test)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(
            System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> part in new[] { train.Pixels, train.Labels, test.Pixels, test.Labels })
        {
            hash.AppendData(part.Span);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
