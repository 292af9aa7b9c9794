namespace NeuroHal;

/// <summary>An ability: tells the constants that its figures are modelled from.</summary>
public interface IDeviceModel
{
    /// <summary>The constants, each of which <see cref="DeviceRequest.Constants"/> can replace.</summary>
    IReadOnlyList<ModelConstant> Constants { get; }
}

/// <summary>A number that a model rests on.</summary>
/// <param name="Id">Its name, such as <c>energy.coreCycle</c>.</param>
/// <param name="Value">The value used.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Unit">The unit of all three.</param>
/// <param name="Source">A publication or manual, a derivation from such, or an assumption.</param>
/// <param name="IsAssumed">Whether it has no publication behind it.</param>
public sealed record ModelConstant(string Id, double Value, double Low, double High, string Unit, string Source, bool IsAssumed)
{
    /// <summary>Whether it is worked out from what is published, by steps and assumptions of its own, rather than published itself.</summary>
    public bool IsDerived { get; init; }
}
