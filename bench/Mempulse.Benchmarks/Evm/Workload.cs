using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>A call that several machines run over the same state.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Unit">What one round is.</param>
/// <param name="Rounds">How many there are in the call.</param>
/// <param name="State">What it reads.</param>
/// <param name="Recipient">Who is called.</param>
/// <param name="Input">With what.</param>
internal sealed record Workload(string Name, string Unit, int Rounds, CallState State, Address Recipient, ReadOnlyMemory<byte> Input)
{
    /// <summary>Who calls; nobody that the states know.</summary>
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000005e0de4");
}
