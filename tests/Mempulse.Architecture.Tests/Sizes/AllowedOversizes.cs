namespace Mempulse.Architecture.Tests.Sizes;

/// <summary>Types and methods that are longer than the limit, each with its reason. An entry that is no longer needed fails a test.</summary>
internal static class AllowedOversizes
{
    /// <summary>A type or method, and why shorter pieces would read worse.</summary>
    internal sealed record Allowance(string Name, string Reason);

    /// <summary>Types.</summary>
    public static readonly IReadOnlyList<Allowance> Types =
    [
        new("Mempulse.Primitives.UInt256", "The operators of a number type belong to the type; each family of them has its own file."),
    ];

    /// <summary>Methods.</summary>
    public static readonly IReadOnlyList<Allowance> Methods =
    [
        new("KeccakPermutation.PermuteScalar", "One round, written out for its 25 lanes: locals stay in registers only within one method."),
        new("KeccakPermutationAvx512.Permute", "One round, written out for its rows: vectors stay in registers only within one method."),
        new("InterpreterLoop.Run", "The dispatch loop with the frequent instructions in it: a call for each would cost more than the instruction."),
        new("TrustedSetup.Compressed", "A table of points, one per line."),
        new("TxHistory.Add", "One switch over the kinds of a transaction's life, one case each."),
    ];
}
