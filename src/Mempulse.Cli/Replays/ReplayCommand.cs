using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Terminals;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Replays;

/// <summary><c>mempulse replay DIR</c>: folds a log again and prints the digests of its state.</summary>
internal sealed class ReplayCommand(Terminal terminal, LogReplay replay, ReplayQuery query, CancellationToken cancellationToken)
{
    private const ulong StepEvents = 65_536;

    /// <summary>Checkpoints with another digest that are printed, the first ones.</summary>
    private const int MaxPrinted = 16;

    private readonly List<CheckpointComparison> _different = [];
    private IReadOnlyDictionary<GlobalSeq, StateDigest> _checkpoints = new Dictionary<GlobalSeq, StateDigest>();
    private GlobalSeq[] _stops = [];
    private int _compared;

    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var every = LogArguments.Position("--every", "Print the digest at every Nth position.");
        var from = LogArguments.Position("--from", "Start at the newest checkpoint at or below this position instead of the first event.");
        var to = LogArguments.Position("--to", "Stop after this position.");
        var check = new Option<bool>("--check") { Description = "Compare logged derived events and the digests of checkpoints with those of the replay; exit code 1 if they differ." };
        var command = new Command("replay", "Fold a log, by default from its first event, and print 'SEQ DIGEST' lines and 'final SEQ DIGEST' at the end.") { directory, every, from, to, check };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var replay = LogOnDisk.Replay(parsed.GetRequiredValue(directory), LogArguments.SeqOf(parsed, from, GlobalSeq.None));
            var last = LogArguments.SeqOf(parsed, to, replay.Reader.Watermark);
            if (last > replay.Reader.Watermark)
            {
                throw new UsageException($"'{last}' is not a valid --to: it is past the log's last position, {replay.Reader.Watermark}.");
            }

            if (last < replay.Start)
            {
                throw new UsageException($"'{last}' is not a valid --to: it is before the oldest available state, the checkpoint at {replay.Start}.");
            }

            var query = new ReplayQuery(
                last,
                LogArguments.SeqOf(parsed, every, GlobalSeq.None).Value,
                parsed.GetValue(check) ? DerivedCheckMode.Compare : DerivedCheckMode.Ignore,
                parsed.GetValue(context.Json) ? DumpForm.Json : DumpForm.Text);
            var run = new ReplayCommand(context.Terminal, replay, query, cancellationToken);
            return await context.Progress.RunPrintingAsync("Replaying", run.Run).ConfigureAwait(false);
        });
        return command;
    }

    private int Run(ProgressCounter counter)
    {
        counter.Total = (long)query.To.Value;
        var engine = replay.Engine;
        if (replay.Start > GlobalSeq.None)
        {
            terminal.Error.WriteLine($"mempulse: replayed from the checkpoint at {replay.Start}");
        }

        if (query.Check == DerivedCheckMode.Compare)
        {
            _checkpoints = CheckpointRecords.Read(replay.Reader, engine.RuleVersion, replay.Start, query.To, cancellationToken);
            _stops = [.. _checkpoints.Keys];
        }

        while (engine.Applied < query.To)
        {
            replay.RunTo(NextStop(engine.Applied), cancellationToken);
            counter.Done = (long)engine.Applied.Value;
            CompareCheckpoint();
            if (query.Every > 0 && engine.Applied.Value % query.Every == 0 && engine.Applied < query.To)
            {
                WriteDigest(engine.Applied, engine.Digest());
            }
        }

        WriteFinal();
        if (query.To == replay.Reader.Watermark)
        {
            replay.RunTo(query.To.Next, cancellationToken); // throws if acknowledged events are missing at the end
        }

        return query.Check == DerivedCheckMode.Compare && (engine.DivergenceCount > 0 || _different.Count > 0) ? ExitCode.Damage : ExitCode.Good;
    }

    private GlobalSeq NextStop(GlobalSeq applied)
    {
        ulong step = query.Every > 0 ? query.Every : StepEvents;
        ulong next = ((applied.Value / step) + 1) * step;
        next = _compared < _stops.Length ? Math.Min(next, _stops[_compared].Value) : next;
        return new GlobalSeq(Math.Min(next, query.To.Value));
    }

    private void CompareCheckpoint()
    {
        var at = replay.Engine.Applied;
        if (_checkpoints.TryGetValue(at, out var live))
        {
            _compared++;
            var comparison = new CheckpointComparison(at, live, replay.Engine.Digest());
            if (!comparison.IsEqual)
            {
                _different.Add(comparison);
            }
        }
    }

    private void WriteDigest(GlobalSeq seq, StateDigest digest)
    {
        if (query.Form == DumpForm.Json)
        {
            terminal.WriteJson(new JsonObject { ["seq"] = seq.Value, ["digest"] = digest.ToString() });
        }
        else
        {
            terminal.Output.WriteLine($"{seq} {digest}");
        }
    }

    private void WriteFinal()
    {
        var engine = replay.Engine;
        if (query.Form == DumpForm.Json)
        {
            terminal.WriteJson(FinalJson());
            return;
        }

        if (query.Check == DerivedCheckMode.Compare)
        {
            foreach (var divergence in engine.Divergences)
            {
                terminal.Error.WriteLine($"mempulse: {divergence}");
            }

            foreach (var different in _different.Take(MaxPrinted))
            {
                terminal.Error.WriteLine($"mempulse: The digests of the checkpoint at {different.Seq} differ: the log has {different.Live}, and the replay {different.Replayed}.");
            }

            terminal.Output.WriteLine($"{_compared} checkpoints compared, {_different.Count} of them differ");
            terminal.Output.WriteLine($"{engine.DivergenceCount} divergences; {engine.ExpectedCount} derived events not yet logged, {engine.GivenUp} not compared");
        }

        terminal.Output.WriteLine($"final {engine.Applied} {engine.Digest()}");
    }

    private JsonObject FinalJson()
    {
        var engine = replay.Engine;
        var json = new JsonObject { ["final"] = true, ["start"] = replay.Start.Value, ["seq"] = engine.Applied.Value, ["digest"] = engine.Digest().ToString() };
        if (query.Check == DerivedCheckMode.Compare)
        {
            json["divergences"] = engine.DivergenceCount;
            json["notYetLogged"] = engine.ExpectedCount;
            json["notCompared"] = engine.GivenUp;
            json["checkpoints"] = _compared;
            json["differentCheckpoints"] = _different.Count;
            json["firstCheckpoints"] = new JsonArray(
                [.. _different.Take(MaxPrinted).Select(static different => new JsonObject { ["seq"] = different.Seq.Value, ["live"] = different.Live.ToString(), ["replayed"] = different.Replayed.ToString() })]);
            json["first"] = new JsonArray(
            [
                .. engine.Divergences.Select(divergence => new JsonObject
                {
                    ["seq"] = divergence.Seq.Value,
                    ["kind"] = divergence.Kind.ToString(),
                    ["cause"] = divergence.LaneSequence.Cause.Value,
                    ["ordinal"] = divergence.LaneSequence.LocalSeq,
                    ["field"] = divergence.Field,
                    ["expected"] = divergence.Expected,
                    ["actual"] = divergence.Actual,
                }),
            ]);
        }

        return json;
    }
}
