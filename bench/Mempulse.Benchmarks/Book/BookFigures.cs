using System.Diagnostics;
using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Book;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Benchmarks.Book;

/// <summary>The book of pools: the time in which the receipts of a block are applied to it, with the events of 300 pools.</summary>
internal sealed class BookFigures : IFigures
{
    private const int Pairs = 1_200;
    private const int Blocks = 120;
    private const int Warm = 20;
    private const double GoalMilliseconds = 2;

    /// <inheritdoc/>
    public string Area => "book";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        var contents = new OneContent(File.ReadAllBytes(RealTransactions.Find("registry/mempulse.json")));
        var log = new BookLog(BookAlone(contents), contents.Hash);
        log.Tell(Pairs, Blocks);
        var held = log.Story.Engine.View<IPoolBook>();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"book: {Blocks - Warm} blocks, each with the events of {BookLog.MovedPools} of {held.Count:N0} pools, {log.LogsOfBlock:N0} logs in one record"));
        Print(output, "book alone", BookAlone(contents), log.Story);
        Print(output, "book alone, and its digest", BookAlone(contents), log.Story, withDigest: true);
        Print(output, "whole fold", FoldComposition.Default.Reading(contents), log.Story);
    }

    private static FoldComposition BookAlone(OneContent contents) => FoldComposition.Of(EventCatalog.Core, static rules =>
    {
        var inForce = new RulesFold(rules);
        return [inForce, new PoolBookFold(inForce, new PendingTrades(inForce), BookBounds.Default)];
    }).Reading(contents);

    private static void Print(TextWriter output, string name, FoldComposition composition, Scenario story, bool withDigest = false)
    {
        var engine = composition.Create(Scenario.Chain);
        var times = new List<double>(Blocks);
        for (ulong seq = 1; seq <= story.Log.Last.Value; seq++)
        {
            var record = story.Log.At(new GlobalSeq(seq));
            long begun = Stopwatch.GetTimestamp();
            engine.Apply(record);
            if (withDigest)
            {
                engine.Digest();
            }

            if (record.Kind == LogEvent.ReceiptsObserved.KindNumber)
            {
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.RemoveRange(0, Warm);
        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-28} p50 {times[times.Count / 2],6:F2}  p95 {times[times.Count * 95 / 100],6:F2}  most {times[^1],6:F2} ms a block, goal {GoalMilliseconds}"));
    }
}
