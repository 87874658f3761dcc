using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Verifies a node's block as far as hashes allow, and recovers the senders.</summary>
/// <remarks>
/// The transactions root binds the bodies to the header. Only if a bound body recovers no
/// sender or has another hash (test nodes produce such signatures for accounts without a key) are the node's hash
/// and sender accepted unverified. What cannot be read is kept as the node claims it, and marked; what can be read and is false is refused.
/// docs/decisions/0091. Confined to one thread.
/// </remarks>
internal sealed class BlockVerifier(ISenderRecovery recovery)
{
    private readonly TransactionDecoder _decoder = new(recovery, new TransactionRules { Malleability = SignatureMalleability.AnyS });

    /// <summary>Returns the header with the requested hash, of this fork or of a later one; null if the JSON does not give it.</summary>
    public static BlockHeader? VerifyHeader(RpcBlock block, Hash256 expected) =>
        !block.HeaderFailure.IsFailure && (block.Header.ComputeHash() == expected || HashOfLaterFork(block) == expected) ? block.Header : null;

    /// <summary>True if the transactions are known and hash to the root.</summary>
    public static bool Matches(BlockHeader header, IEnumerable<ReportedTx> transactions)
    {
        var raws = transactions.Select(static tx => (ReadOnlyMemory<byte>)tx.Raw).ToList();
        return raws.TrueForAll(static raw => raw.Length > 0) && BlockRoots.OfTransactions(raws) == header.TransactionsRoot;
    }

    /// <summary>Returns the block whose transactions hash to its root, without those that only the node lists, or with those marked that cannot be read.</summary>
    /// <param name="block">The block as the node returned it.</param>
    /// <param name="header">Its header.</param>
    /// <param name="expected">The requested hash.</param>
    /// <param name="transactions">Its transactions with all bytes that the node returned.</param>
    /// <param name="isHeaderClaimed">True if nothing verifies the header.</param>
    /// <exception cref="BlockUnusableException">Every transaction can be read, and they are not those of the block.</exception>
    public VerifiedBlock Verify(RpcBlock block, BlockHeader header, Hash256 expected, List<ReportedTx> transactions, bool isHeaderClaimed)
    {
        var unverified = isHeaderClaimed ? UnverifiedParts.Header : UnverifiedParts.None;
        List<(Hash256, DropReason, string)> drops = [];
        if (!Matches(header, transactions))
        {
            var covered = transactions.FindAll(static tx => !tx.IsUnsigned || tx.IsConsistent);
            if (covered.Count < transactions.Count && Matches(header, covered))
            {
                drops.AddRange(transactions.Except(covered).Select(static tx => (tx.Hash, DropReason.OutsideRoot, "The node lists it in a block whose transactions root does not cover it.")));
                transactions = covered;
            }
            else if (isHeaderClaimed || transactions.Exists(static tx => tx.Raw is null))
            {
                unverified |= UnverifiedParts.Transactions;
                drops.AddRange(transactions.Where(static tx => tx.Raw is null).Select(static tx => (
                    tx.Hash, DropReason.BodyUnavailable, $"A block includes it, its JSON cannot be read, and the node does not return its bytes. {tx.Failure}")));
            }
            else
            {
                throw Unusable(block, expected, "The transactions do not hash to the header's root.");
            }
        }

        return new VerifiedBlock
        {
            Header = header,
            Hash = expected,
            Transactions = [.. transactions.Select(Read)],
            Types = [.. transactions.Select(static tx => TypeOf(tx.Raw))],
            UnknownBodies = [.. transactions.Where(static tx => !TxTypes.IsKnown(TypeOf(tx.Raw)) && tx.Raw is not null).Select(static tx => (ReadOnlyMemory<byte>)tx.Raw)],
            Unverified = unverified,
            Drops = drops,
        };
    }

    /// <summary>A fault of a block.</summary>
    public static BlockUnusableException Unusable(RpcBlock block, Hash256 expected, string message) =>
        new(expected, block.Header.Number, DropReason.InvalidProtocol, message);

    private BlockTx Read(ReportedTx reported)
    {
        if (reported.Raw is not { } raw)
        {
            return new BlockTx(reported.Hash, reported.Sender ?? default, reported.Nonce ?? default, ExecutionOutcome.Unknown, default, default);
        }

        if (_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out _) && tx.ComputeHash() == reported.Hash && _decoder.TryRecover(ref tx, out var sender, out _))
        {
            return new BlockTx(reported.Hash, sender, tx.Nonce, ExecutionOutcome.Unknown, default, tx.Authorizations.ToArray());
        }

        // Of a foreign type, only the node knows the sender and the nonce. A test node's hash for an account without a key is its own.
        var hash = !TxTypes.IsKnown(TypeOf(raw)) ? Keccak256.Hash(raw) : reported.Hash;
        return new BlockTx(hash, reported.Sender ?? default, reported.Nonce ?? default, ExecutionOutcome.Unknown, default, default);
    }

    /// <summary>The hash of the header with the members that are unknown here as its further fields.</summary>
    private static Hash256 HashOfLaterFork(RpcBlock block)
    {
        var further = new List<ReadOnlyMemory<byte>>();
        foreach (string member in block.UnknownMembers)
        {
            if (!member.StartsWith("0x", StringComparison.Ordinal))
            {
                return default;
            }

            // A hash as it is, a quantity without leading zeros.
            string digits = member.Length == 2 + (2 * Hash256.Size) ? member[2..] : member[2..].TrimStart('0');
            digits = digits.Length % 2 == 0 ? digits : $"0{digits}";
            byte[] bytes = new byte[digits.Length / 2];
            if (Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                return default;
            }

            further.Add(bytes);
        }

        return further.Count == 0 ? default : HeaderCodec.HashWith(block.Header, further);
    }

    /// <summary>EIP-2718: the first byte of a legacy transaction is that of a list. Of unknown bytes, the highest type.</summary>
    private static byte TypeOf(byte[]? raw)
    {
        const byte firstOfList = 0xc0;
        return raw is null ? byte.MaxValue : raw[0] < firstOfList ? raw[0] : (byte)TxType.Legacy;
    }
}
