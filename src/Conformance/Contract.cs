using NeuroHal.Conformance.Clauses;

namespace NeuroHal.Conformance;

/// <summary>The contract as a list of clauses.</summary>
public static class Contract
{
    /// <summary>All clauses: description, memory, transfers, supersteps, counters, kernels, a whole algorithm.</summary>
    public static IReadOnlyList<Clause> Clauses { get; } =
    [
        .. DescriptionClauses.All,
        .. MemoryClauses.All,
        .. TransferClauses.All,
        .. SuperstepClauses.All,
        .. CounterClauses.All,
        .. KernelClauses.All,
        .. AlgorithmClauses.All,
    ];
}
