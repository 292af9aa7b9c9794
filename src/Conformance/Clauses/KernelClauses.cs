namespace NeuroHal.Conformance.Clauses;

/// <summary>
/// What each kernel leaves in SRAM, by references of the kit's own: a backend may run its own version of a kernel, and this is
/// what holds it to the portable one.
/// </summary>
internal static class KernelClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("K1", "SparseForward of activations gives the dense product, within the rounding of its sums", 1, LayerKernels<float>.Forward),
        new("K2", "SparseForward of pixels gives the dense product, within the rounding of its sums", 1, LayerKernels<byte>.Forward),
        new("K3", "SparseBackward gives the dense transposed product, within the rounding of its sums", 1, LayerKernels<float>.Backward),
        new("K4", "SparseGradient of activations adds error times activation, summed over lanes", 1, LayerKernels<float>.Gradient),
        new("K5", "SparseGradient of pixels adds error times pixel, summed over lanes", 1, LayerKernels<byte>.Gradient),
        new("K6", "SparseUpdate of activations is the formula, with velocity, stored gradient and noise or without", 1, LayerKernels<float>.Update),
        new("K7", "SparseUpdate of pixels is the formula, with velocity, stored gradient and noise or without", 1, LayerKernels<byte>.Update),
        new("K8", "Relu replaces negative values by 0 and no others", 1, DenseKernels.Relu),
        new("K9", "SoftmaxCrossEntropy gives probability minus target, the loss and the hits, of lanes with a sample", 1, DenseKernels.Softmax),
        new("K10", "SumErrors adds the cores' parts where the activation is positive and gives 0 elsewhere", 1, DenseKernels.SumErrors),
        new("K11", "Classify counts samples and hits; of equal outputs the first counts", 1, DenseKernels.Classify),
        new("K12", "InterleavePixels brings a pixel of all samples side by side; lanes without a sample become 0", 1, DenseKernels.Interleave),
        new("K13", "FillUniform gives the numbers of the published generator and advances its state", 1, RandomKernels.Uniform),
        new("K14", "FillNormal gives the sums of the published generator's bytes and advances its state", 1, RandomKernels.Normal),
        new("K15", "InitialiseTheta gives each connection the absolute value of a normal", 1, RandomKernels.Initialise),
        new("K16", "InsertAtFree fills free positions evenly, with theta 0, and leaves the others as they are", 1, RewiringKernels.Insert),
        new("K17", "PruneNegative removes what is below 0 and nothing else, in order", 1, RewiringKernels.PruneNegative),
        new("K18", "PruneSmallest removes the share asked for, of the smallest absolute theta, in order", 1, RewiringKernels.PruneSmallest),
    ];
}
