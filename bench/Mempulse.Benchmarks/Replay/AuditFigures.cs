using System.Diagnostics;
using System.Globalization;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Testing.Audits;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Benchmarks.Replay;

/// <summary>What a block of 200 transactions costs the fold, with its audit and the digest of it, while a pool of some size waits; what reading the audit costs; and how often strong statements are wrong in simulated networks.</summary>
internal sealed class AuditFigures : IFigures
{
    private const int BlockTransactions = 200;
    private const int Blocks = 24;
    private const int Warm = 4;
    private const int Sources = 4;
    private const ulong BaseFee = 1_000;

    private static readonly LaneId s_lane = LaneId.Of("figures");
    private const int Simulated = 100_000;

    private static readonly int[] s_pools = [2_000, 20_000, 200_000];
    private static readonly ulong[] s_seeds = [20_261_130, 1, 2, 3, 4];

    /// <inheritdoc/>
    public string Area => "audit";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        foreach (int pool in s_pools)
        {
            var run = new Run(pool);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pool,7:N0} waiting, blocks of {BlockTransactions}, {Sources} sources: median {run.Block:F2} ms to fold a block, {run.Digest:F2} ms to digest after it, {run.Read:F2} ms to read its audit of {run.Expected} expected"));
        }

        foreach (ulong seed in s_seeds)
        {
            output.WriteLine(AuditTruth.Run(seed, Simulated).ToString());
        }
    }

    private sealed class Run
    {
        private readonly ReplayEngine _engine = FoldComposition.Of(EventCatalog.Core, static _ => []).Create(Scenario.Chain);
        private ulong _seq;
        private long _at = 1_700_000_000_000_000_000;
        private int _next;

        public Run(int pool)
        {
            Apply(new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "figures", new FoldParameters()), "writer");
            for (int i = 0; i < Sources; i++)
            {
                Apply(new LogEvent.SourceConnected($"source{i}", "figures", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false), $"source{i}");
            }

            for (int i = 0; i < pool; i++)
            {
                Send(i % 10 == 0 ? BaseFee * 2 : BaseFee / 2); // one in ten covers the base fee
            }

            var (folds, digests, reads) = (new List<double>(), new List<double>(), new List<double>());
            for (int block = 0; block < Blocks + Warm; block++)
            {
                int first = _next;
                for (int i = 0; i < BlockTransactions; i++)
                {
                    Send(BaseFee * 3);
                }

                _at += 8_000_000_000;
                _engine.Digest();
                long begin = Stopwatch.GetTimestamp();
                Mine((ulong)block + 1, first);
                long folded = Stopwatch.GetTimestamp();
                _engine.Digest();
                long digested = Stopwatch.GetTimestamp();
                Expected = _engine.Audits.Find(Named.Block($"{block + 1}"))!.Expected.Count;
                if (block >= Warm)
                {
                    folds.Add(Stopwatch.GetElapsedTime(begin, folded).TotalMilliseconds);
                    digests.Add(Stopwatch.GetElapsedTime(folded, digested).TotalMilliseconds);
                    reads.Add(Stopwatch.GetElapsedTime(digested).TotalMilliseconds);
                }
            }

            (Block, Digest, Read) = (Median(folds), Median(digests), Median(reads));
        }

        public double Block { get; }

        public double Digest { get; }

        public double Read { get; }

        public int Expected { get; }

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

        private static ScenarioTx TxOf(int i, ulong fee) => new($"t{i}", $"s{i}", 0) { Fee = fee, Tip = 10 + (ulong)(i % 90), GasLimit = 21_000 + ((ulong)(i % 9) * 20_000) };

        private void Send(ulong fee)
        {
            var tx = TxOf(_next++, fee);
            for (int i = 0; i < Sources; i++)
            {
                Apply(new LogEvent.TxSeen(Named.Tx(tx.Name), SightingVia.HashSubscription), $"source{i}");
            }

            Apply(tx.Decoded(), "source0");
        }

        private void Mine(ulong number, int first) => Apply(
            new LogEvent.BlockObserved
            {
                Hash = Named.Block($"{number}"),
                Number = new BlockNumber(number),
                ParentHash = Named.Block($"{number - 1}"),
                TimestampSeconds = (ulong)(_at / 1_000_000_000) - 2,
                BaseFeePerGas = new Wei(BaseFee),
                GasUsed = new Gas(20_000_000),
                GasLimit = new Gas(45_000_000),
                FeeRecipient = default,
                ExcessBlobGas = default,
                BlobGasUsed = default,
                Transactions = [.. Enumerable.Range(first, BlockTransactions).Select(static i => new BlockTx(Named.Tx($"t{i}"), Named.Account($"s{i}"), new Nonce(0), ExecutionOutcome.Succeeded, new Gas(100_000), default))],
                AuthorityNonces = [],
            },
            "source0");

        private void Apply(LogEvent fact, string source)
        {
            _at += 1_000_000;
            _seq++;
            var batch = new EventBatch(s_lane);
            batch.Add(fact, RecordMeta.Fact(s_lane, _seq, new UnixNanoseconds(_at), SourceId.Of(source)));
            var seq = _engine.Applied.Next;
            _engine.Apply(new SequencedBatch(new Epoch(1), seq, 1, seq, batch.Records));
        }
    }
}
