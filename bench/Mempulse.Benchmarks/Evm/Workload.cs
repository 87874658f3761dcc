using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A call that several machines run on the same state.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of one round.</param>
/// <param name="Rounds">Number of rounds in the call.</param>
/// <param name="State">The state that it reads.</param>
/// <param name="Recipient">The callee.</param>
/// <param name="Input">The input.</param>
internal sealed record Workload(string Name, string Unit, int Rounds, CallState State, Address Recipient, ReadOnlyMemory<byte> Input)
{
    /// <summary>The caller, an account that is in none of the states.</summary>
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000005e0de4");
}
