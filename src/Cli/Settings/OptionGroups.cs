namespace NeuroHal.Cli.Settings;

/// <summary>Options of verbs that train, by what they are about; a verb to which some mean nothing does not take them.</summary>
[Flags]
internal enum OptionGroups
{
    /// <summary>No option.</summary>
    None = 0,

    /// <summary>What is learnt from.</summary>
    Data = 1 << 0,

    /// <summary>What accuracy is measured on.</summary>
    Tests = 1 << 1,

    /// <summary>The network, and what it takes to train it.</summary>
    Network = 1 << 2,

    /// <summary>How long training goes on, and what is random in it.</summary>
    Course = 1 << 3,

    /// <summary>What is asked of the device.</summary>
    Device = 1 << 4,

    /// <summary>A folder for results.</summary>
    Output = 1 << 5,

    /// <summary>A timeline.</summary>
    Trace = 1 << 6,

    /// <summary>Cost by kernel.</summary>
    Profile = 1 << 7,
}
