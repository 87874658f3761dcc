using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>
/// Turns a list of numbers into the facts of a legal chain and an arbitrary mempool. Fees, times and depths are such that exact limits are
/// common: a bid exactly at the price bump and one wei below it, a wait of exactly the expiry and one second more, a reorg to the last final block.
/// </summary>
internal sealed class ModelHistory
{
    private const int Senders = 3;
    private const int Nonces = 4;
    private const ulong FirstNumber = 100;

    /// <summary>Fee, tip and blob fee. At 10 %: 1 replaces 0 exactly, 2 is one wei short of it, 3 of 1. At 100 % for blobs the same, and 3 of the blob fee alone.</summary>
    private static readonly (ulong Fee, ulong Tip, ulong BlobFee)[] s_bids = [(100, 10, 0), (110, 11, 0), (109, 11, 0), (120, 13, 0)];

    private static readonly (ulong Fee, ulong Tip, ulong BlobFee)[] s_blobBids = [(100, 10, 5), (200, 20, 10), (199, 20, 10), (400, 40, 19)];

    private static readonly FoldParameters s_short = new() { ConfirmationDepthBlocks = 3, RetentionBlocks = 2, ExpirySeconds = 48 };

    private static readonly FoldParameters s_deep = s_short with { ConfirmationDepthBlocks = 5, RetentionBlocks = 0, FeeBumpPercent = 9, BlobFeeBumpPercent = 99, ExpirySeconds = 36 };

    private readonly List<ChainPlace> _chain = [];
    private readonly List<LogEvent.BlockObserved> _all = [];
    private readonly List<(LogEvent Fact, string Source)> _facts = [];
    private ulong _seconds = 1_700_000_000;
    private ulong _depth = s_short.ConfirmationDepthBlocks;
    private int _final;
    private int _names;

    private ModelHistory(uint[] steps)
    {
        Add(new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "model", s_short));
        foreach (uint step in steps)
        {
            Step((int)(step % 24), (int)(step / 24 % 100_000));
        }
    }

    public static IReadOnlyList<(LogEvent Fact, string Source)> Of(uint[] steps) => new ModelHistory(steps)._facts;

    private void Step(int choice, int detail)
    {
        var tx = TxOf(detail % (Senders * Nonces * s_bids.Length));
        string source = SourceOf(detail / 7);
        switch (choice)
        {
            case <= 3:
                Add(new LogEvent.TxSeen(Named.Tx(tx.Name), SightingVia.HashSubscription), source);
                break;
            case <= 8:
                Add(tx.Decoded(), source);
                break;
            case <= 14:
                Block(detail);
                break;
            case 15:
                Reorg(detail);
                break;
            case 16 or 17:
                Add(new LogEvent.TxLeft(Named.Tx(tx.Name), LeavingVia.PoolContent), source);
                break;
            case 18:
                Add(Connected(SourceOf(detail)), SourceOf(detail));
                break;
            case 19:
                Receipts(detail);
                break;
            case 20:
                Add(new LogEvent.AccountNonceObserved(Named.Account(AccountOf(detail)), new Nonce((ulong)(detail / 4 % (Nonces + 1)))));
                break;
            case 21:
                _seconds += (ulong)(detail % 3 * 12) + (detail % 5 == 0 ? 1ul : 0);
                break;
            default:
                Rare(detail / 8, detail % 8, tx);
                break;
        }
    }

    private void Rare(int detail, int choice, ScenarioTx tx)
    {
        switch (choice)
        {
            case 0:
                Add(new LogEvent.ChainGap(new BlockNumber(1), new BlockNumber(2), "blind"));
                break;
            case 1:
                var parameters = detail % 2 == 0 ? s_short : s_deep;
                _depth = parameters.ConfirmationDepthBlocks;
                Add(new LogEvent.EpochStarted(new Epoch(2), Scenario.Chain, "model", parameters));
                break;
            case 2:
                Add(new LogEvent.SourceLost(SourceOf(detail), SourceLossReason.Closed, "closed"));
                break;
            case 3 when detail % 3 == 0:
                BeginAnew();
                break;
            case 4 when _all.Count > 0:
                Repeat(_all[detail % _all.Count]);
                break;
            case 5:
                Missed(detail);
                break;
            case 6:
                Add(new LogEvent.TxIngestDropped(Named.Tx(tx.Name), DropReason.QueueFull, "rpc", "decode", 1, 2, 1, default, string.Empty, default));
                break;
            default:
                ReorgToAnotherBlock(detail);
                break;
        }
    }

    private static string SourceOf(int detail) => $"source {detail % 3}";

    private static string AccountOf(int detail) => detail % (Senders + 1) == Senders ? "stranger" : $"s{detail % (Senders + 1)}";

    private static LogEvent.SourceConnected Connected(string name) => new(name, "model", "ws://", Scenario.Chain, "geth", false);

    private static ScenarioTx TxOf(int index)
    {
        int sender = index % Senders;
        int nonce = index / Senders % Nonces;
        int rival = index / (Senders * Nonces);
        bool isBlob = sender == 2 && nonce != 3; // and rivals of two types at one nonce
        var (fee, tip, blobFee) = isBlob || (sender == 2 && rival > 1) ? s_blobBids[rival] : s_bids[rival];
        bool authorizes = sender != 2 && nonce == 1 && rival > 0;
        return new ScenarioTx($"s{sender}n{nonce}r{rival}", $"s{sender}", (ulong)nonce)
        {
            Fee = fee,
            Tip = tip,
            BlobFee = blobFee,
            Type = blobFee > 0 ? TxType.Blob : authorizes ? TxType.SetCode : TxType.DynamicFee,
            Authorizes = authorizes ? [($"s{(sender + 1) % Senders}", 2), ("stranger", (ulong)rival), ("stranger", (ulong)rival + 1)] : [],
        };
    }

    private void Add(LogEvent fact, string source = "source 0") => _facts.Add((fact, source));

    /// <summary>A block on the head of up to four transactions, each with its sender's next nonce.</summary>
    private void Block(int detail)
    {
        var parent = _chain.Count == 0 ? null : _chain[^1];
        ulong[] next = [.. parent?.Next ?? new ulong[Senders]];
        List<BlockTx> included = [];
        List<AccountNonce> reported = [];
        for (int i = 0; i < detail % 5; i++)
        {
            int sender = (detail + (i * i)) % Senders;
            if (next[sender] < Nonces)
            {
                var tx = TxOf(sender + (Senders * ((int)next[sender] + (Nonces * ((detail + i) % s_bids.Length)))));
                next[sender]++;
                included.Add(new BlockTx(Named.Tx(tx.Name), Named.Account(tx.Sender), new Nonce(tx.Nonce), (ExecutionOutcome)((detail + i) % 3), new Gas(21_000), tx.AuthorizationList()));
                Authorize(next, tx);
            }
        }

        if (detail % 7 == 0 && included.Exists(static tx => tx.Authorizations.Length > 0))
        {
            reported.Add(new AccountNonce(Named.Account("stranger"), new Nonce((ulong)(detail % 4))));
        }

        Push(parent?.Hash ?? default, (parent?.Number ?? FirstNumber - 1) + 1, next, included, reported);
    }

    private static void Authorize(ulong[] next, ScenarioTx tx)
    {
        foreach (var (authority, nonce) in tx.Authorizes)
        {
            int index = authority == "stranger" ? -1 : authority[1] - '0';
            if (index >= 0 && next[index] == nonce)
            {
                next[index]++;
            }
        }
    }

    private void Push(Hash256 parent, ulong number, ulong[] next, List<BlockTx> included, List<AccountNonce> reported)
    {
        _seconds += 12;
        var hash = Named.Block($"{_names++}");
        var block = BlockOf(hash, parent, number, included, reported);
        _all.Add(block);
        Add(block);
        _chain.Add(new ChainPlace(hash, number, next));
        while (_final < _chain.Count - 1 && _chain[^1].Number - _chain[_final].Number > _depth)
        {
            _final++;
        }
    }

    private LogEvent.BlockObserved BlockOf(Hash256 hash, Hash256 parent, ulong number, List<BlockTx> included, List<AccountNonce> reported) => new()
    {
        Hash = hash,
        Number = new BlockNumber(number),
        ParentHash = parent,
        TimestampSeconds = _seconds,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = included,
        AuthorityNonces = reported,
    };

    private void Reorg(int detail)
    {
        int depth = Math.Min(1 + (detail % 4), _chain.Count - 1 - _final);
        if (depth > 0)
        {
            var old = _chain[^1];
            _chain.RemoveRange(_chain.Count - depth, depth);
            Add(new LogEvent.ReorgDetected(Named.Block("new head"), old.Hash, _chain[^1].Hash, new BlockNumber(_chain[^1].Number), (ulong)depth));
        }
    }

    /// <summary>The chain goes back to a block that is not ours at its height, and continues with that one; or far below finality, which changes nothing final.</summary>
    private void ReorgToAnotherBlock(int detail)
    {
        int at = Math.Max(_final + 1, _chain.Count - 1 - (detail % 3));
        if (at < _chain.Count && at > 0)
        {
            ulong number = _chain[at].Number;
            _chain.RemoveRange(at, _chain.Count - at);
            var other = Named.Block($"{_names++}");
            Add(new LogEvent.ReorgDetected(other, default, other, new BlockNumber(number), 1));
            Push(_chain[^1].Hash, number, [.. _chain[^1].Next], [], []);
        }
    }

    /// <summary>Blocks are missed: the next one has a parent that is not known, one to three blocks higher.</summary>
    private void Missed(int detail)
    {
        if (_chain.Count > 0)
        {
            Push(Named.Block($"missed {_names}"), _chain[^1].Number + 2 + (ulong)(detail % 2), [.. _chain[^1].Next], [], []);
        }
    }

    /// <summary>A block again, with another time: one that is canonical, or one at or below finality. It changes nothing.</summary>
    private void Repeat(LogEvent.BlockObserved block)
    {
        bool isFinal = _chain[^1].Number - _chain[_final].Number >= _depth && block.Number.Value <= _chain[_final].Number;
        if (isFinal || _chain.Exists(place => place.Hash == block.Hash))
        {
            Add(block with { TimestampSeconds = 1 });
        }
    }

    private void BeginAnew()
    {
        ulong number = FirstNumber + (ulong)(_names % 2);
        var genesis = Named.Block($"{_names}");
        Add(new LogEvent.FinalityViolated(genesis, new BlockNumber(number), default, default, null, null, "begun anew"));
        _chain.Clear();
        _final = 0;
        Push(default, number, new ulong[Senders], [], []);
    }

    private void Receipts(int detail)
    {
        if (_all.Count > 0)
        {
            var block = _all[detail % _all.Count];
            int first = detail % 3 == 0 ? block.Transactions.Count / 2 : 0;
            Add(new LogEvent.ReceiptsObserved(
                block.Hash,
                block.Number,
                first,
                detail % 4 != 0,
                [.. block.Transactions.Skip(first).Take(1 + (detail % 3)).Select((tx, i) => new TxResult(tx.Hash, (ExecutionOutcome)((detail + i) % 3), new Gas((ulong)(21_000 + detail)), [], 0))]));
        }
    }

    private sealed record ChainPlace(Hash256 Hash, ulong Number, ulong[] Next);
}
