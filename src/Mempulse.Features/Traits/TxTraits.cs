using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Traits;

/// <summary>What a transaction says about itself: the fields of its body, and what its calldata does as far as the registry knows.</summary>
/// <remarks>It does not change while the transaction waits.</remarks>
public readonly record struct TxTraits
{
    private readonly Trade? _trade;

    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Its sender.</summary>
    public required Address Sender { get; init; }

    /// <summary>The account that it calls; null if it creates a contract.</summary>
    public required Address? Target { get; init; }

    /// <summary>Its type.</summary>
    public required TxType Type { get; init; }

    /// <summary>The gas that it may use.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>The ether that it sends.</summary>
    public required Wei Value { get; init; }

    /// <summary>Cap on the fee per gas.</summary>
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Cap on the tip per gas; the gas price of older types.</summary>
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>Cap on the fee per blob gas; zero for all types except blob.</summary>
    public required Wei MaxFeePerBlobGas { get; init; }

    /// <summary>Number of blobs.</summary>
    public required int BlobCount { get; init; }

    /// <summary>Number of its EIP-7702 tuples.</summary>
    public required int AuthorizationCount { get; init; }

    /// <summary>Number of bytes of its calldata, or of its init code.</summary>
    public required int InputBytes { get; init; }

    /// <summary>True if it calls a function of a contract.</summary>
    public bool IsCall => Target is not null && InputBytes >= sizeof(uint);

    /// <summary>The first four bytes of its calldata; null if it calls no function.</summary>
    public uint? Selector { get; init; }

    /// <summary>What it is for: a swap if it trades anything, or else what its function is for.</summary>
    public CallCategory Category { get; init; }

    /// <summary>The protocol of the contract that it calls, or of its function; null if the registry knows neither.</summary>
    public string? Protocol { get; init; }

    /// <summary>What kind of contract it calls, such as "dex"; null if the registry does not know the contract.</summary>
    public string? TargetKind { get; init; }

    /// <summary>The name of the contract that it calls, or of the one whose code that runs; null if the registry knows neither.</summary>
    public string? Contract { get; init; }

    /// <summary>The name of the function that it calls; null if it is not known.</summary>
    public string? Function { get; init; }

    /// <summary>True if every call inside it was understood. Otherwise more may happen than these traits say.</summary>
    public bool IsUnderstood { get; init; }

    /// <summary>The first trade that names both tokens, or else the first; null if it trades nothing that is known.</summary>
    public Trade? Trade
    {
        get => _trade;
        init => _trade = value;
    }

    /// <summary>True if it trades something that is known.</summary>
    public bool IsTrade => _trade.HasValue;

    /// <summary><see cref="Trade"/> in place: a copy of its 200 bytes takes longer than most questions about it. Empty unless <see cref="IsTrade"/>.</summary>
    [UnscopedRef]
    internal ref readonly Trade MainTrade => ref Nullable.GetValueRefOrDefaultRef(in _trade);

    /// <summary>Number of its trades.</summary>
    public int TradeCount { get; init; }

    /// <summary>Number of approvals in it without a limit.</summary>
    public int UnlimitedApprovals { get; init; }

    /// <summary>The wrapped ether of the chain; null if the registry does not name it.</summary>
    public Address? WrappedEther { get; init; }
}
