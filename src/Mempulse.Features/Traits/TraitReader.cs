using System.Buffers.Binary;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Traits;

/// <summary>Reads what a transaction says: its body, and its calldata by a registry. Buffers are reused; confined to its caller.</summary>
public sealed class TraitReader
{
    private static readonly UInt256 s_half = new(0, 0, 0, 1UL << 63);
    private static readonly UInt256 s_maxUInt160 = new(ulong.MaxValue, ulong.MaxValue, uint.MaxValue, 0);
    private static readonly UInt256 s_maxUInt128 = new(ulong.MaxValue, ulong.MaxValue, 0, 0);
    private static readonly UInt256 s_maxUInt96 = new(ulong.MaxValue, uint.MaxValue, 0, 0);

    private readonly CallTrades _calls = new();

    /// <summary>The decode tree of the last transaction that was read.</summary>
    public DecodeTree Tree => _calls.Tree;

    /// <summary>Reads a transaction.</summary>
    /// <param name="registry">What is known about contracts.</param>
    /// <param name="call">The call that it makes.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="tx">Its body.</param>
    public TxTraits Read<TTx>(ContractRegistry registry, in CallRequest call, in Hash256 hash, in TTx tx)
        where TTx : INormalizedTx, allows ref struct =>
        Of(
            Tree,
            _calls.Read(registry, call),
            _calls.WrappedEther,
            call,
            hash,
            new Bid(tx.Type, tx.GasLimit, tx.MaxFeePerGas, tx.MaxPriorityFeePerGas, tx.MaxFeePerBlobGas, tx.BlobCount, tx.Authorizations.Length));

    /// <summary>The traits of a transaction whose call was decoded already.</summary>
    internal static TxTraits Of(DecodeTree tree, IReadOnlyList<Trade> trades, Address? wrappedEther, in CallRequest call, in Hash256 hash, in NormalizedTxView tx) => Of(
        tree,
        trades,
        wrappedEther,
        call,
        hash,
        new Bid(tx.Type, tx.GasLimit, tx.MaxFeePerGas, tx.MaxPriorityFeePerGas, tx.MaxFeePerBlobGas, tx.BlobCount, tx.AuthorizationCount));

    private static TxTraits Of(DecodeTree tree, IReadOnlyList<Trade> trades, Address? wrappedEther, in CallRequest call, in Hash256 hash, in Bid bid)
    {
        ref readonly var root = ref tree.Nodes[0];
        return new TxTraits
        {
            Hash = hash,
            Chain = call.Chain,
            Sender = call.Sender,
            Target = call.Target,
            Type = bid.Type,
            GasLimit = bid.GasLimit,
            Value = new Wei(call.Value),
            MaxFeePerGas = bid.MaxFeePerGas,
            MaxPriorityFeePerGas = bid.MaxPriorityFeePerGas,
            MaxFeePerBlobGas = bid.MaxFeePerBlobGas,
            BlobCount = bid.BlobCount,
            AuthorizationCount = bid.AuthorizationCount,
            InputBytes = call.Data.Length,
            Selector = call is { Target: not null, Data.Length: >= sizeof(uint) } ? BinaryPrimitives.ReadUInt32BigEndian(call.Data) : null,
            Category = trades.Count > 0 ? CallCategory.Swap : CategoryOf(root),
            Protocol = root.Contract?.Protocol ?? root.Function?.Protocol,
            TargetKind = root.Contract?.Kind,
            Contract = root.Contract?.Name,
            Function = root.Function?.Function.Name,
            IsUnderstood = IsUnderstood(tree),
            Trade = trades.Count > 0 ? MainOf(trades) : null,
            TradeCount = trades.Count,
            UnlimitedApprovals = CountUnlimitedApprovals(tree),
            WrappedEther = wrappedEther,
        };
    }

    private static CallCategory CategoryOf(in CallNode root) => root.Kind switch
    {
        NodeKind.Payment => CallCategory.Transfer,
        NodeKind.Creation => CallCategory.Deployment,
        _ => root.Function?.Category ?? CallCategory.Unknown,
    };

    private static Trade MainOf(IReadOnlyList<Trade> trades)
    {
        for (int i = 0; i < trades.Count; i++)
        {
            if (trades[i] is { TokenIn: not null, TokenOut: not null })
            {
                return trades[i];
            }
        }

        return trades[0];
    }

    private static bool IsUnderstood(DecodeTree tree)
    {
        foreach (ref readonly var node in tree.Nodes)
        {
            if (!node.IsReadable)
            {
                return false;
            }
        }

        return !tree.IsCut;
    }

    private static int CountUnlimitedApprovals(DecodeTree tree)
    {
        int count = 0;
        foreach (ref readonly var effect in tree.Effects)
        {
            count += effect.Kind == EffectKind.Approval && IsUnlimited(effect.AmountIn.Value, tree.Nodes[effect.Node]) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Amounts that no token's supply reaches. Of a contract that is not known to be a token, a large number may be the id of one token.</summary>
    private static bool IsUnlimited(in UInt256 amount, in CallNode node) =>
        amount == UInt256.MaxValue || amount == s_maxUInt160 || amount == s_maxUInt128 || amount == s_maxUInt96
        || (amount >= s_half && node.Contract is { Kind: "token" or "stablecoin" });

    /// <summary>What a body says besides its call.</summary>
    private readonly record struct Bid(TxType Type, Gas GasLimit, Wei MaxFeePerGas, Wei MaxPriorityFeePerGas, Wei MaxFeePerBlobGas, int BlobCount, int AuthorizationCount);
}
