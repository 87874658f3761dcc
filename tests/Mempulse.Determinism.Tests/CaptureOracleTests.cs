using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Determinism.Tests;

/// <summary>
/// The fold of the shipped capture against what is known of it from elsewhere: the blocks as JSON-RPC gave them, the capture's own bytes read
/// by its format document, and the numbers of samples/mainnet-pectra/README.md.
/// </summary>
public sealed class CaptureOracleTests
{
    private const ulong Head = 22_431_090;
    private const ulong LastFinal = Head - 3; // the header suggests three confirmations

    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "samples", "mainnet-pectra.mpc");

    [Fact]
    public async Task In_the_end_every_real_transaction_is_where_mainnet_included_it_and_no_other_is_in_a_block()
    {
        var blocks = MainnetBlocks.Read();
        var events = await EventsAsync();
        var places = new Dictionary<string, (ulong Number, int Index, string Sender)>();
        foreach (var (derived, _) in events)
        {
            if (derived is LogEvent.TxIncluded included)
            {
                places[included.Hash.ToString()] = (included.Number.Value, included.Index, included.Sender.ToString());
                Assert.Equal(ExecutionOutcome.Unknown, included.Outcome); // these blocks come without receipts
            }
            else if (derived is LogEvent.TxReopened reopened)
            {
                Assert.True(places.Remove(reopened.Hash.ToString()));
            }
        }

        var expected = blocks.SelectMany(static block => block.Value.Select((tx, index) => (tx.Hash, Place: (block.Key, index, tx.From)))).ToDictionary(static tx => tx.Hash, static tx => tx.Place);
        Assert.Equal(1_479, expected.Count);
        Assert.Equal(expected.OrderBy(static place => place.Key), places.OrderBy(static place => place.Key));
        Assert.Equal(
            blocks.Where(static block => block.Key <= LastFinal).SelectMany(static block => block.Value.Select(static tx => tx.Hash)),
            events.Select(static entry => entry.Event).OfType<LogEvent.TxConfirmed>().Select(static confirmed => confirmed.Hash.ToString()));
    }

    [Fact]
    public async Task Bodies_by_type_are_those_of_the_real_blocks_and_of_the_throwaway_accounts()
    {
        var real = MainnetBlocks.Read().Values.SelectMany(static txs => txs).ToDictionary(static tx => tx.Hash);
        var bodies = (await EventsAsync()).Select(static entry => entry.Event).OfType<LogEvent.TxDecoded>().ToList();

        Assert.Equal([(0, 76), (1, 1), (2, 1_390), (3, 8), (4, 4)], real.Values.GroupBy(static tx => tx.Type).Select(static type => (type.Key, type.Count())).Order());
        Assert.Equal(bodies.Count, bodies.Select(static body => body.Hash).Distinct().Count());
        foreach (var body in bodies.Where(body => real.ContainsKey(body.Hash.ToString())))
        {
            var tx = real[body.Hash.ToString()];
            Assert.Equal((tx.From, tx.Nonce, tx.Type), (body.Sender.ToString(), body.Tx.Nonce.Value, (int)body.Tx.Type));
        }

        Assert.Equal(27, bodies.Count(body => !real.ContainsKey(body.Hash.ToString())));
        Assert.Equal(14, bodies.Where(body => !real.ContainsKey(body.Hash.ToString())).Select(static body => body.Sender).Distinct().Count());
    }

    [Fact]
    public async Task Sightings_bodies_blocks_and_drops_are_as_many_as_the_bytes_of_the_capture_say()
    {
        var entries = RawCapture.Entries(s_path);
        var events = (await EventsAsync()).Select(static entry => entry.Event).ToList();
        var raw = entries.Where(static entry => entry.Kind == 2).Select(static entry => entry.Content.AsMemory(Hash256.Size)).ToList();
        var garbage = raw.Where(static body => RawCapture.TypeOf(body.Span) is null).ToList();

        int announced = entries.Count(static entry => entry.Kind is 1 or 2 && entry.Via != 0) - garbage.Count; // a body that was asked for is no sighting
        Assert.Equal(announced, events.Count(static logged => logged is LogEvent.TxSeen));
        var dropped = Assert.Single(events.OfType<LogEvent.TxIngestDropped>());
        Assert.Equal((DropReason.DecodeFail, 1UL, Convert.ToHexString(garbage.Single().Span)), (dropped.Reason, dropped.Count, Convert.ToHexString(dropped.Raw.Span)));
        Assert.Equal(16, garbage.Single().Length);
        int FactsOf(EventKind kind) => entries.Count(entry => entry.Kind == 3 && new RecordView(GlobalSeq.None, entry.Content).Kind == kind);
        Assert.Equal((13, 1), (FactsOf(LogEvent.BlockObserved.KindNumber), FactsOf(LogEvent.ReorgDetected.KindNumber)));
        Assert.Equal((13, 1), (events.Count(static logged => logged is LogEvent.BlockObserved), events.Count(static logged => logged is LogEvent.ReorgDetected)));
    }

    [Fact]
    public async Task Replacements_and_the_losing_fork_are_those_that_the_sample_describes()
    {
        var blocks = MainnetBlocks.Read();
        var events = (await EventsAsync()).Select(static entry => entry.Event).ToList();
        var replaced = events.OfType<LogEvent.TxReplaced>().Where(static lost => !lost.ByInclusion).ToList();
        var reopened = events.OfType<LogEvent.TxReopened>().ToList();

        Assert.Equal(12, replaced.Count); // eleven replacements and an underpriced one
        Assert.Equal(11, events.OfType<LogEvent.TxStateChanged>().Count(static moved => moved.Replaces is not null));
        Assert.Equal([22_431_089UL, 22_431_090UL], reopened.Select(static undone => undone.Number.Value).Distinct().Order());
        var real = blocks.Values.SelectMany(static txs => txs.Select(static tx => tx.Hash)).ToHashSet();
        Assert.Single(reopened, undone => !real.Contains(undone.Hash.ToString())); // one that only the fork includes
    }

    [Fact]
    public async Task The_next_nonce_of_each_sender_is_one_more_than_the_last_that_mainnet_included()
    {
        var last = MainnetBlocks.Read().Values.SelectMany(static txs => txs).GroupBy(static tx => tx.From).ToDictionary(static txs => txs.Key, static txs => txs.Max(static tx => tx.Nonce));
        var live = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);
        var engine = FoldComposition.Default.Create(live.Chain);
        var authorities = new HashSet<Address>();
        for (int i = 0; i < live.Records.Count; i++)
        {
            var record = new RecordView(new GlobalSeq((ulong)i + 1), live.Records[i]);
            engine.Apply(record);
            if (LogEvent.Decode(record) is LogEvent.BlockObserved block)
            {
                authorities.UnionWith(block.Transactions.SelectMany(static tx => tx.Authorizations.ToArray()).Select(static tuple => tuple.Authority));
            }
        }

        int known = 0;
        foreach (var (sender, nonce) in last.Where(sender => !authorities.Contains(Address.Parse(sender.Key))))
        {
            Assert.True(engine.Pool.TryGetSender(Address.Parse(sender), out var account), $"{sender} is not known.");
            Assert.Equal(nonce + 1, account.Next!.Value.Value);
            known++;
        }

        Assert.InRange(known, last.Count - 4, last.Count);
    }

    private static async Task<List<(LogEvent Event, bool IsDerived)>> EventsAsync()
    {
        var live = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);
        return [.. live.Records.Select(static (bytes, index) => Read(new RecordView(new GlobalSeq((ulong)index + 1), bytes)))];
    }

    private static (LogEvent, bool) Read(in RecordView record) => (LogEvent.Decode(record)!, record.IsDerived);
}
