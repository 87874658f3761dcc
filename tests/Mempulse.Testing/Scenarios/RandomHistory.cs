using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Scenarios;

/// <summary>Turns a list of numbers into a legal history: blocks respect their senders' nonces, reorgs stay above finality, a chain that does not begins anew, the rest is arbitrary.</summary>
/// <remarks>Each number is one step, so a shorter or simpler list is a shorter or simpler history.</remarks>
public sealed class RandomHistory
{
    /// <summary>Parameters with which short histories reach every state.</summary>
    public static readonly FoldParameters Parameters = new() { ConfirmationDepthBlocks = 4, RetentionBlocks = 2, ExpirySeconds = 150 };

    private const int Senders = 4;
    private const int Nonces = 4;
    private const int Rivals = 3;
    private const int Sources = 3;
    private const int MaxReorgDepth = 3;

    private static readonly FoldParameters Deeper = Parameters with { ConfirmationDepthBlocks = 6, FeeBumpPercent = 100 };

    private readonly List<(string Name, ulong[] Next)> _chain = [("genesis", new ulong[Senders])];
    private readonly List<(string Block, List<string> Txs)> _included = [];
    private ulong _confirmationDepth = Parameters.ConfirmationDepthBlocks;
    private int _final;
    private int _blocks;

    /// <summary>A history that adds its steps to a new story.</summary>
    public RandomHistory()
    {
        Story = new Scenario(Parameters).HoldBackDerived();
        for (int i = 0; i < Senders * Nonces * Rivals; i++)
        {
            Story.Knows(TxOf(i));
        }

        Story.Block("genesis");
    }

    /// <summary>The story so far.</summary>
    public Scenario Story { get; }

    /// <summary>Whether reorgs may contradict what is final: the fold then keeps its invariants, but not every rule holds.</summary>
    public bool ContradictsFinality { get; init; }

    /// <summary>Adds a step.</summary>
    public void Step(uint choice)
    {
        int detail = (int)(choice / 16);
        var tx = TxOf(detail % (Senders * Nonces * Rivals));
        switch (choice % 16)
        {
            case <= 3:
                Story.Seen(tx.Name, $"source {detail % Sources}");
                break;
            case <= 7:
                Story.Decoded(tx, $"source {detail % Sources}");
                break;
            case <= 10:
                Block(detail);
                break;
            case 11:
                Reorg(detail);
                break;
            case 12:
                Story.NonceReported(tx.Sender, (ulong)(detail % Nonces));
                break;
            case 13:
                Rare(detail, tx);
                break;
            default:
                Story.AppendDerived(detail % 5);
                break;
        }
    }

    private static ScenarioTx TxOf(int index)
    {
        int sender = index % Senders;
        int nonce = index / Senders % Nonces;
        int rival = index / (Senders * Nonces);
        bool authorizes = rival == 2 && nonce == 1;
        return new ScenarioTx($"s{sender}n{nonce}r{rival}", $"s{sender}", (ulong)nonce)
        {
            Fee = 100 + (60 * (ulong)rival),
            Tip = 10 + (6 * (ulong)rival),
            Type = authorizes ? TxType.SetCode : TxType.DynamicFee,
            Authorizes = authorizes ? [($"s{(sender + 1) % Senders}", 2), ("stranger", (ulong)sender)] : [],
        };
    }

    /// <summary>Adds a block of up to four transactions, each with its sender's next nonce.</summary>
    private void Block(int detail)
    {
        ulong[] next = [.. _chain[^1].Next];
        List<string> included = [];
        for (int i = 0; i < detail % 5; i++)
        {
            int sender = (detail + (i * i)) % Senders;
            if (next[sender] < Nonces)
            {
                var tx = TxOf(sender + (Senders * ((int)next[sender] + (Nonces * ((detail + i) % Rivals)))));
                included.Add(tx.Name);
                next[sender]++;
                foreach (var (authority, nonce) in tx.Authorizes)
                {
                    MoveAuthority(next, authority, nonce);
                }
            }
        }

        string name = $"block {_blocks++}";
        _included.Add((name, included));
        Story.Outcome = (ExecutionOutcome)(detail / 5 % 3);
        Story.BlockOn(_chain[^1].Name, name, [.. included]);
        _chain.Add((name, next));
        _final = Math.Max(_final, _chain.Count - 1 - (int)_confirmationDepth);
    }

    /// <summary>The chain applies a tuple if its nonce matches.</summary>
    private static void MoveAuthority(ulong[] next, string authority, ulong nonce)
    {
        for (int sender = 0; sender < Senders; sender++)
        {
            next[sender] += authority == $"s{sender}" && next[sender] == nonce ? 1ul : 0;
        }
    }

    private void Reorg(int detail)
    {
        int depth = Math.Min(1 + (detail % MaxReorgDepth), _chain.Count - 1 - (ContradictsFinality ? 0 : _final));
        if (depth > 0)
        {
            _chain.RemoveRange(_chain.Count - depth, depth);
            Story.Reorg(_chain[^1].Name);
        }
    }

    /// <summary>Receipts of any block so far, also of one that left the chain; as a whole or the rest of it, verified or not.</summary>
    private void Receipts(int detail)
    {
        if (_included.Count > 0)
        {
            var (block, txs) = _included[detail % _included.Count];
            int first = detail % 3 == 0 ? txs.Count / 2 : 0;
            Story.Receipts(block, first, detail % 4 != 0, [.. txs.Skip(first).Select((tx, i) => (tx, (ExecutionOutcome)((detail + i) % 3)))]);
        }
    }

    /// <summary>The chain begins anew, with nonces from 0.</summary>
    private void BeginAnew()
    {
        string genesis = $"genesis {_blocks++}";
        Story.BeginAnew(genesis);
        _chain.Clear();
        _chain.Add((genesis, new ulong[Senders]));
        _final = 0;
    }

    private void Rare(int detail, ScenarioTx tx)
    {
        switch (detail % 9)
        {
            case 5:
                Receipts(detail / 9);
                break;
            case 6 or 7:
                Story.Left(tx.Name, $"source {detail % Sources}");
                break;
            case 0:
                Story.BlockTimeSeconds += (ulong)(detail % 100);
                break;
            case 1:
                Story.Fact(new LogEvent.TxIngestDropped(
                    Named.Tx(tx.Name), DropReason.QueueFull, "rpc", "decode", 1, 2, 1, Named.Tx(tx.Name), string.Empty, default));
                break;
            case 2:
                Story.Fact(new LogEvent.ChainGap(new BlockNumber(1), new BlockNumber(2), "blind"));
                break;
            case 3:
                BeginAnew();
                break;
            case 4:
                var parameters = detail % 2 == 0 ? Parameters : Deeper;
                _confirmationDepth = parameters.ConfirmationDepthBlocks;
                Story.Fact(new LogEvent.EpochStarted(new Epoch(2), Scenario.Chain, "another", parameters));
                break;
            default:
                Story.Fact(new LogEvent.SourceConnected($"source {detail % Sources}", "rpc", "ws://", Scenario.Chain, "geth", false));
                break;
        }
    }
}
