using System.Diagnostics.CodeAnalysis;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Books;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Books;

/// <summary>A fold that asks for what a test sets, a reader that says what it was asked for, and a log that takes it or does not.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles answer with value tasks that are read once.")]
internal sealed class LookWorld
{
    public static readonly ChainId Chain = new(1);

    public LookWorld()
    {
        Fold = ScriptedGrain.Of<IMempoolGrain>((method, arguments) => method switch
        {
            nameof(IMempoolGrain.GetBookPlan) => AnswerPools((int)arguments[0]!, (string)arguments[2]!, (int)arguments[3]!),
            nameof(IMempoolGrain.GetMarketPlan) => AnswerMarkets((string)arguments[2]!),
            _ => throw new NotSupportedException(method),
        });
        var sequencer = ScriptedGrain.Of<ISequencerGrain>((method, arguments) => method switch
        {
            nameof(ISequencerGrain.LastSequence) => ValueTask.FromResult<LaneSequence?>(Last is { } last ? new LaneSequence(GlobalSeq.None, last) : null),
            nameof(ISequencerGrain.Append) => Append((EventBatch)arguments[0]!),
            _ => throw new NotSupportedException(method),
        });
        Lane = new FactLane("pools", Chain, ScriptedGrain.Factory<IGrainFactory>(new Dictionary<string, object> { [$"{nameof(ISequencerGrain)} 1"] = sequencer }), new FakeTimeProvider());
    }

    public IMempoolGrain Fold { get; }

    public FactLane Lane { get; }

    /// <summary>What the fold asks for, as far as there is room for it.</summary>
    public BookPlan? Plan { get; set; }

    public MarketPlan? Markets { get; set; }

    /// <summary>The last number of the lane in the log; null for none.</summary>
    public ulong? Last { get; set; }

    /// <summary>Why the log takes nothing; empty if it does.</summary>
    public string Refusal { get; set; } = string.Empty;

    /// <summary>The number and problem of each question to the fold, and the unread pools named in it.</summary>
    public List<(int Wanted, string Problem, int Unread)> Asked { get; } = [];

    public List<BookPlan> Read { get; } = [];

    public List<MarketPlan> ReadMarkets { get; } = [];

    /// <summary>What the log took: numbers and facts.</summary>
    public List<(ulong Number, LogEvent Fact)> Appended { get; } = [];

    /// <summary>What a reading returns.</summary>
    public BookReadings Readings { get; set; } = new([], string.Empty, []);

    public Task<BookReadings> ReadAsync(BookPlan plan, CancellationToken cancellationToken)
    {
        Read.Add(plan);
        return Task.FromResult(Readings);
    }

    public Task<BookReadings> ReadAsync(MarketPlan plan, CancellationToken cancellationToken)
    {
        ReadMarkets.Add(plan);
        return Task.FromResult(Readings);
    }

    public static LogEvent Fact(string pool) => new LogEvent.PoolObserved(Named.Block("head"), new BlockNumber(9), Named.Account(pool), default, IsProven: true, []);

    private ValueTask<BookPlan?> AnswerPools(int wanted, string problem, int unread)
    {
        Asked.Add((wanted, problem, unread));
        return ValueTask.FromResult(Plan is { } plan ? plan with { Wanted = [.. plan.Wanted.Take(wanted)] } : null);
    }

    private ValueTask<MarketPlan?> AnswerMarkets(string problem)
    {
        Asked.Add((0, problem, 0));
        return ValueTask.FromResult(Markets);
    }

    private ValueTask<AppendAnswer> Append(EventBatch batch)
    {
        if (Refusal.Length > 0)
        {
            return ValueTask.FromResult(new AppendAnswer { Outcome = AppendOutcome.NoRoom, Detail = Refusal });
        }

        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), batch.Count, new GlobalSeq((ulong)batch.Count), batch.Records))
        {
            Appended.Add((record.Meta.LaneSequence.LocalSeq, LogEvent.Decode(record)!));
        }

        return ValueTask.FromResult(new AppendAnswer { Outcome = AppendOutcome.Durable });
    }
}
