namespace NeuroHal.Datasets.Sources;

/// <summary>A published set of four IDX files.</summary>
/// <param name="Name">Its name in configuration.</param>
/// <param name="Description">One line.</param>
/// <param name="Mirrors">Folders on the net that hold the four files as gzip.</param>
/// <param name="Sha256">
/// The SHA-256 of each uncompressed file, in the order of <see cref="Files"/>; null where no trusted one is known.
/// </param>
public sealed record KnownSet(
    string Name, string Description, IReadOnlyList<Uri> Mirrors, IReadOnlyList<string>? Sha256)
{
    /// <summary>The files, without compression suffix; the same for all sets of this family.</summary>
    public static IReadOnlyList<string> Files { get; } =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>The number of classes; ten in every set of this family.</summary>
    public const int Classes = 10;

    /// <summary>The sets there are.</summary>
    public static IReadOnlyList<KnownSet> All { get; } =
    [
        new(
            "mnist",
            "Handwritten digits (LeCun, Cortes and Burges)",
            [
                new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            ],
            [
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ]),
        new(
            "fashion-mnist",
            "Articles of clothing (Xiao, Rasul and Vollgraf 2017)",
            [new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")],
            [
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ]),
        new(
            "kmnist",
            "Cursive Japanese characters (Clanuwat et al. 2018)",
            [new("http://codh.rois.ac.jp/kmnist/dataset/kmnist/")],
            null),
    ];

    /// <summary>The checksum of one of <see cref="Files"/>, where known.</summary>
    public string? Checksum(int file) => Sha256?[file];
}
