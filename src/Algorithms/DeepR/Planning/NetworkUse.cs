namespace NeuroHal.DeepR.Planning;

/// <summary>What a network is on a device for; its cores hold nothing that this does not need.</summary>
public enum NetworkUse
{
    /// <summary>To be trained.</summary>
    Training,

    /// <summary>To be tested or asked, as it is.</summary>
    Inference,
}
