using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>A call to decode.</summary>
public readonly ref struct CallRequest
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The block whose entries of the registry hold.</summary>
    public required BlockNumber Block { get; init; }

    /// <summary>The account that calls.</summary>
    public required Address Sender { get; init; }

    /// <summary>The contract that is called; null if a contract is created.</summary>
    public required Address? Target { get; init; }

    /// <summary>The ether that is sent.</summary>
    public required UInt256 Value { get; init; }

    /// <summary>The calldata.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Whose code accounts run that the registry does not know; null where no state is at hand, as in the fold.</summary>
    public DelegatedCodes? Delegates { get; init; }
}
