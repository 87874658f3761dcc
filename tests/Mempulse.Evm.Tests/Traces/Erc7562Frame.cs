using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>What one call or creation did, in the terms of the validation rules of ERC-7562.</summary>
internal sealed class Erc7562Frame
{
    /// <summary>Values that the frame read before it wrote them, by slot.</summary>
    public SortedDictionary<string, string> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of writes, by slot.</summary>
    public SortedDictionary<string, int> Writes { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of reads of transient storage, by slot.</summary>
    public SortedDictionary<string, int> TransientReads { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of writes of transient storage, by slot.</summary>
    public SortedDictionary<string, int> TransientWrites { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of executions, by instruction.</summary>
    public SortedDictionary<string, int> Instructions { get; } = new(StringComparer.Ordinal);

    /// <summary>Code size of the first access and its instruction, by account.</summary>
    public SortedDictionary<string, (int Bytes, byte Instruction)> CodeSizes { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts whose code was inspected, in order.</summary>
    public List<Address> InspectedCode { get; } = [];

    public bool IsOutOfGas { get; set; }

    public List<Erc7562Frame> Calls { get; } = [];
}
