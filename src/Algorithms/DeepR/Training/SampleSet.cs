namespace NeuroHal.DeepR.Training;

/// <summary>Samples on the host: 8-bit pixels and a label each.</summary>
public sealed class SampleSet
{
    /// <summary>Checks and keeps samples.</summary>
    /// <param name="pixels">[samples][pixels].</param>
    /// <param name="labels">[samples].</param>
    /// <param name="pixelsPerSample">The pixels of a sample.</param>
    /// <exception cref="BadArgumentException">The lengths do not go together, or there is no sample.</exception>
    public SampleSet(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int pixelsPerSample)
    {
        if (labels.Length == 0 || pixels.Length != (long)labels.Length * pixelsPerSample)
        {
            throw new BadArgumentException(
                $"{pixels.Length} pixels and {labels.Length} labels are not samples of {pixelsPerSample} pixels each.");
        }
        Pixels = pixels;
        Labels = labels;
        PixelsPerSample = pixelsPerSample;
    }

    /// <summary>The samples.</summary>
    public int Count => Labels.Length;

    /// <summary>The pixels of a sample.</summary>
    public int PixelsPerSample { get; }

    /// <summary>[samples][pixels].</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>[samples].</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>The pixels of one sample.</summary>
    public ReadOnlySpan<byte> PixelsOf(int sample) => Pixels.Span.Slice(sample * PixelsPerSample, PixelsPerSample);

    /// <summary>As a device holds them: each sample's pixels, then its label.</summary>
    internal byte[] ToRecords()
    {
        int record = PixelsPerSample + 1;
        var records = new byte[(long)Count * record];
        for (int i = 0; i < Count; i++)
        {
            PixelsOf(i).CopyTo(records.AsSpan(i * record));
            records[(i * record) + PixelsPerSample] = Labels.Span[i];
        }
        return records;
    }
}

/// <summary>Samples in the device's external memory.</summary>
/// <param name="Records">[samples][pixels + 1]; the last byte of each is the label.</param>
/// <param name="Count">The samples.</param>
public sealed record LoadedSamples(DramBuffer<byte> Records, int Count);
