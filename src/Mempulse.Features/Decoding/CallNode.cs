using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>A call or a command inside a transaction.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Parent">The index of the node that contains it; -1 for the transaction itself.</param>
/// <param name="Depth">0 for the transaction itself.</param>
/// <param name="Target">The contract that is called; for a command, the router.</param>
/// <param name="OffsetBytes">Where its bytes begin in the transaction's calldata: the selector of a call, the input of a command.</param>
/// <param name="LengthBytes">Number of its bytes.</param>
public readonly record struct CallNode(NodeKind Kind, int Parent, int Depth, Address Target, int OffsetBytes, int LengthBytes)
{
    /// <summary>The account that calls.</summary>
    public Address Sender { get; init; }

    /// <summary>The ether sent with it.</summary>
    public UInt256 Value { get; init; }

    /// <summary>The byte of a command, with its flags.</summary>
    public byte Command { get; init; }

    /// <summary>Whose code the contract runs, if it is that of another one which the registry may know; null if that is not known, and for contracts of the registry.</summary>
    public DelegatedCode? Delegate { get; init; }

    /// <summary>What the registry knows about the contract, or else about the one whose code it runs; null if it knows neither.</summary>
    public ContractEntry? Contract { get; init; }

    /// <summary>The function or command; null if it is not known.</summary>
    public FunctionEntry? Function { get; init; }

    /// <summary>How far it is understood.</summary>
    public DecodeStatus Status { get; init; }

    /// <summary>Why it cannot be decoded.</summary>
    public DecodeFailure Failure { get; init; }

    /// <summary>Bytes before the arguments.</summary>
    internal int SelectorBytes => Kind == NodeKind.Command ? 0 : AbiFunction.SelectorBytes;

    /// <summary>True if the arguments can be read.</summary>
    public bool IsReadable => Status is DecodeStatus.Decoded or DecodeStatus.BySelector;
}
