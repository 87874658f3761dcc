using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Simulations recorded together: each caller gets the record of its own, whatever the log answers, and none is recorded twice.</summary>
public sealed class SimBatchTests : IAsyncDisposable
{
    private static readonly PreparedCodes s_codes = new();

    private readonly SimulatedFileSystem _disk = new(seed: 17);
    private readonly TestLog _log;
    private readonly SimRecords _records;
    private ulong _next = 1;

    public SimBatchTests()
    {
        _log = new TestLog(_disk);
        _records = new SimRecords(_log.Log.Reader, ContentStore.Open(new ContentStoreOptions { Directory = "/sims", Files = _disk }), "/log");
    }

    [Fact]
    public async Task Each_simulation_gets_its_own_record_and_equal_ones_share_one()
    {
        var batch = Batch(Deposit(1), Deposit(2), Deposit(1), Deposit(3));
        Assert.False(batch.StoreContents());

        var facts = batch.FactsFrom(_next);
        Assert.Equal((3, 1UL, 3UL), (facts.Count, facts.First.LocalSeq, facts.Last.LocalSeq));
        var receipts = batch.Receipts(await AppendAsync(facts));

        Assert.Equal([1UL, 2UL, 1UL, 3UL], receipts.Select(receipt => receipt.Sim!.Record.Seq.Value));
        Assert.Equal([Sim(1), Sim(2), Sim(1), Sim(3)], receipts.Select(receipt => receipt.Sim!.Fact.Sim));
        Assert.All(receipts, receipt => Assert.Equal((true, "/log", 3UL, string.Empty), (receipt.Sim!.HasWitness, receipt.Sim.LogDirectory, receipt.Sim.AsOf.Value, receipt.Problem)));
        Assert.Equal([1, 2, 1, 3], receipts.Select(receipt => (int)receipt.Sim!.Trace!.Value.Span[0]));
        Assert.Equal(receipts[1].Sim!.Record.Bytes.ToArray(), _records.Find(Sim(2))!.Record.Bytes.ToArray());
    }

    [Theory]
    [InlineData(AppendOutcome.NoRoom, 0, "The volume is full.", "Cannot record the simulation in the log: The volume is full.")]
    [InlineData(AppendOutcome.Unavailable, 0, "Another writer has it.", "Cannot record the simulation in the log: Another writer has it.")]
    [InlineData(AppendOutcome.Durable, 1, "", "Cannot record the simulation in the log: another writer appended to the lane first.")]
    [InlineData(AppendOutcome.Durable, 0, "", "Cannot record the simulation in the log: another writer appended to the lane first.")]
    public async Task What_the_log_did_not_accept_has_no_record_and_what_it_has_keeps_its_own(AppendOutcome outcome, int appended, string detail, string problem)
    {
        await RecordAsync(1);
        var batch = Batch(Deposit(1), Deposit(2), Deposit(3));
        Assert.True(batch.StoreContents());
        batch.FindRepeated();
        Assert.Equal(2, batch.FactsFrom(_next).Count);

        var receipts = batch.Receipts(new AppendAnswer { Outcome = outcome, Appended = appended, Detail = detail, First = new GlobalSeq(2), Last = new GlobalSeq(3) });

        Assert.Equal((1UL, string.Empty), (receipts[0].Sim!.Record.Seq.Value, receipts[0].Problem));
        Assert.All(receipts.Skip(1), receipt => Assert.Equal((null, problem), (receipt.Sim, receipt.Problem)));
    }

    [Fact]
    public async Task A_repeated_simulation_appends_nothing_and_gets_its_first_record()
    {
        await RecordAsync(1);
        var batch = Batch(Deposit(1));
        Assert.True(batch.StoreContents());
        batch.FindRepeated();

        Assert.Equal(0, batch.FactsFrom(_next).Count);
        var receipt = Assert.Single(batch.Receipts(answer: null));

        Assert.Equal((1UL, true), (receipt.Sim!.Record.Seq.Value, receipt.Sim.HasWitness));
    }

    [Fact]
    public async Task An_append_whose_answer_was_lost_is_found_by_the_next_attempt()
    {
        var first = Batch(Deposit(1));
        first.StoreContents();
        await AppendAsync(first.FactsFrom(_next)); // and the answer is lost

        var again = Batch(Deposit(1));
        Assert.True(again.StoreContents());
        again.FindRepeated();

        Assert.Equal(0, again.FactsFrom(_next).Count);
        Assert.Equal(1UL, Assert.Single(again.Receipts(answer: null)).Sim!.Record.Seq.Value);
        Assert.Equal(1UL, _log.Events.Watermark.Value);
    }

    [Fact]
    public async Task A_witness_that_was_stored_without_its_fact_is_recorded_then()
    {
        Assert.False(Batch(Deposit(1)).StoreContents()); // and the process ends before the append

        var again = Batch(Deposit(1));
        Assert.True(again.StoreContents());
        again.FindRepeated();
        var receipts = again.Receipts(await AppendAsync(again.FactsFrom(_next)));

        Assert.Equal(1UL, Assert.Single(receipts).Sim!.Record.Seq.Value);
    }

    [Fact]
    public async Task Another_result_of_the_same_simulation_is_a_record_of_its_own()
    {
        await RecordAsync(1);
        var batch = Batch(Deposit(1, gas: 77));
        batch.StoreContents();
        batch.FindRepeated();

        Assert.Equal(1, batch.FactsFrom(_next).Count);
    }

    [Fact]
    public async Task The_steps_are_those_of_the_simulation_or_why_there_are_none()
    {
        var with = Deposit(5) with { Steps = new byte[] { 1, 2, 3 } };
        var batch = Batch(Deposit(4), with);
        batch.StoreContents();
        await AppendAsync(batch.FactsFrom(_next));

        Assert.Null(_records.FindSteps(Sim(9)));
        Assert.Contains("were not stored", _records.FindSteps(Sim(4))!.Problem, StringComparison.Ordinal);
        Assert.Null(_records.Find(Sim(9)));
        var prepared = PreparedDeposit.Of(with, s_codes);
        Assert.Equal(3, prepared.Contents.Count);
        Assert.Equal(prepared.Contents.Sum(content => (long)content.StoredBytes), prepared.StoredBytes);
        Assert.Equal(Keccak256.Hash(with.Witness.Span), prepared.Witness);
        Assert.All(prepared.Contents.Zip([with.Witness, with.Trace]), static pair => Assert.Equal(Keccak256.Hash(pair.Second.Span), pair.First.Digest));
    }

    [Fact]
    public void The_bytes_of_a_bundle_are_durable_with_the_witness_of_its_simulation()
    {
        var with = Deposit(6) with { BundleBytes = new byte[] { 7, 8, 9 } };

        Batch(with).StoreContents();

        Assert.Equal([7, 8, 9], Reopened().ReadContent(Keccak256.Hash([7, 8, 9]))!.Value.ToArray());
    }

    [Fact]
    public void The_codes_that_a_witness_names_are_durable_with_it()
    {
        byte[] code = [0x60, 0x03];
        var named = new SimCode(Keccak256.Hash(code), code);

        Batch(Deposit(7) with { Codes = [named] }, Deposit(8) with { Codes = [named] }).StoreContents();

        Assert.Equal(code, Reopened().ReadContent(named.Hash)!.Value.ToArray());
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static Hash256 Sim(byte number) => Keccak256.Hash([number]);

    private static SimDeposit Deposit(byte number, ulong gas = 1)
    {
        byte[] witness = [number, 100];
        byte[] trace = [number, 101];
        var batch = new EventBatch(LaneId.Of(SimDeposit.Lane));
        var fact = BlankFacts.Sim(Sim(number), default) with { GasUsed = new Gas(gas), TraceDigest = Keccak256.Hash(trace), WitnessDigest = Keccak256.Hash(witness) };
        batch.Add(fact, RecordMeta.Fact(batch.Lane, 1, default, default));
        return new SimDeposit(batch, witness, trace, null, null, []);
    }

    private SimRecords Reopened() => new(_log.Log.Reader, ContentStore.Open(new ContentStoreOptions { Directory = "/sims", Files = _disk }), "/log");

    private SimBatch Batch(params SimDeposit[] deposits) => new([.. deposits.Select(static deposit => PreparedDeposit.Of(deposit, s_codes))], _records);

    private async Task RecordAsync(byte number)
    {
        var batch = Batch(Deposit(number));
        batch.StoreContents();
        await AppendAsync(batch.FactsFrom(_next));
    }

    private async Task<AppendAnswer> AppendAsync(EventBatch facts)
    {
        _next += (ulong)facts.Count;
        return await _log.Log.AppendAsync(facts, Canon.Appending.AcknowledgeOn.Pool);
    }
}
