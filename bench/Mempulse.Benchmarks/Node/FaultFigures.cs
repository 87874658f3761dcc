using System.Globalization;
using System.Text.Json;
using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Canon.Verification;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Storage.Rules;
using Mempulse.Testing.Clocks;

namespace Mempulse.Benchmarks.Node;

/// <summary>What faults cost a node process that follows an anvil: the time until it is healthy again, what it lost, and whether /gaps and /health reported it.</summary>
/// <remarks>
/// A transaction is lost if the log has no sighting of it and no gap on record covers the moment it was sent, within 0.3 s; events
/// that were acknowledged are lost if the log is not sound. For kills, the time to ok is the mean from the start of the process. Mounts and attributes need root; what cannot be done is printed as skipped.
/// The wall clock of one process is set by libfaketime, which is not there unless it is installed. Gaps that are on record before the fault are not counted to it.
/// </remarks>
internal sealed class FaultFigures : IFigures
{
    private static readonly TimeSpan _before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _edge = TimeSpan.FromMilliseconds(300);

    private static readonly KeyValuePair<string, string>[] _settings = [new("Mempulse__Log__SegmentSizeBytes", "262144")];

    public string Area => "faults";

    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync($"faults: a node process that follows anvil at 200 tx/s, segments of 256 KiB, on {Environment.ProcessorCount} cores").ConfigureAwait(false);
        await output.WriteLineAsync("  fault             seconds  s to ok      sent   not seen   lost  log sound  replay  /gaps blind  and of kinds          /health in the fault").ConfigureAwait(false);
        foreach (var fault in NodeFault.All)
        {
            await RunAsync(output, fault).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(TextWriter output, NodeFault fault)
    {
        using var volume = FaultVolume.Create(fault.Volume);
        if (volume is null)
        {
            await output.WriteLineAsync($"  {fault.Name,-18}skipped: it takes root to mount a volume").ConfigureAwait(false);
            return;
        }

        if (fault.HasOwnClock && !ProcessClock.IsAvailable)
        {
            await output.WriteLineAsync($"  {fault.Name,-18}skipped: it takes libfaketime; eng/install-test-tools.sh installs it").ConfigureAwait(false);
            return;
        }

        await using var world = await FaultWorld.StartAsync(volume, [.. _settings, .. fault.HasOwnClock ? new ProcessClock(volume.Path).Start() : []]).ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        var sending = world.Traffic.RunAsync(stop.Token);
        await Task.Delay(_before).ConfigureAwait(false);
        var before = await GapsAsync(world.Node).ConfigureAwait(false);
        string? skipped = await fault.BeginAsync(world).ConfigureAwait(false);
        string said = skipped is null ? await ListenAsync(world, fault.Lasts).ConfigureAwait(false) : string.Empty;
        await fault.EndAsync(world).ConfigureAwait(false);
        double secondsToOk = skipped is null ? await world.SecondsToOkAsync().ConfigureAwait(false) : 0;
        secondsToOk = world.RestartSeconds.Count > 0 ? world.RestartSeconds.Average() : secondsToOk;
        await Task.Delay(_before).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        await output.WriteLineAsync(skipped is null
            ? await RowAsync(world, fault, said, before, secondsToOk).ConfigureAwait(false)
            : $"  {fault.Name,-18}skipped: {skipped}").ConfigureAwait(false);
    }

    /// <summary>Asks for the health while the fault lasts, and returns the last thing that was wrong.</summary>
    private static async Task<string> ListenAsync(FaultWorld world, TimeSpan lasts)
    {
        string said = "ok";
        for (var end = TimeProvider.System.GetUtcNow() + lasts; TimeProvider.System.GetUtcNow() < end;)
        {
            said = await world.TroubleAsync().ConfigureAwait(false) ?? said;
            await Task.Delay(_between).ConfigureAwait(false);
        }

        return said;
    }

    private static async Task<string> RowAsync(FaultWorld world, NodeFault fault, string said, List<Gap> before, double secondsToOk)
    {
        var gaps = await GapsAsync(world.Node).ConfigureAwait(false);
        var seen = await world.Node.SeenAsync().ConfigureAwait(false);
        int notSeen = 0;
        int lost = 0;
        for (int index = 0; index < world.Traffic.Sent.Count; index++)
        {
            bool isSeen = seen.Contains(world.Traffic.Sent[index]);
            var at = world.Traffic.SentAt[index];
            notSeen += isSeen ? 0 : 1;
            lost += isSeen || gaps.Exists(gap => at >= gap.From - _edge && at <= gap.To + _edge) ? 0 : 1;
        }

        var made = gaps.Except(before).ToList();
        string kinds = made.Count == 0 ? "none" : string.Join(',', made.Select(gap => gap.Kind).Distinct().Order(StringComparer.Ordinal));
        string log = Directory.EnumerateDirectories(world.Directory).First(directory => Directory.EnumerateFiles(directory, "*.wal").Any());
        bool isSound = LogVerifier.Verify(PosixFileSystem.Instance, log, null, CancellationToken.None).IsSound;
        return Text($"  {fault.Name,-18}{fault.Lasts.TotalSeconds,7:F0}{secondsToOk,9:F1}{world.Traffic.Sent.Count,10:N0}{notSeen,11:N0}{lost,7:N0}  {(isSound ? "yes" : "NO"),-11}{Divergences(log),6:N0}  {(made.Exists(gap => gap.IsBlind) ? "true" : "false"),-13}{kinds,-22}{said}");
    }

    /// <summary>Differences between the derived events on record and those that a replay derives.</summary>
    private static long Divergences(string log)
    {
        var reader = LogDirectory.OpenRead(log);
        var checkpoints = CheckpointStore.Beside(LogDirectory.ChainOf(log), FoldComposition.Default.Reading(RulesStore.Beside(log, PosixFileSystem.Instance)), PosixFileSystem.Instance, log);
        using var replay = LogReplay.Open(reader, checkpoints, GlobalSeq.None);
        replay.RunTo(reader.Watermark, CancellationToken.None);
        return (long)replay.Engine.DivergenceCount;
    }

    /// <summary>All gaps on record, also those of a clock that is an hour ahead.</summary>
    private static async Task<List<Gap>> GapsAsync(ServedNode node)
    {
        long end = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(2)).ToUnixTimeSeconds();
        var answer = await node.GetAsync(Text($"/gaps?from=0&to={end}")).ConfigureAwait(false);
        return
        [
            .. answer.GetProperty("gaps").EnumerateArray().Select(gap => new Gap(
                TimeOf(gap.GetProperty("from")),
                gap.TryGetProperty("to", out var to) && to.ValueKind == JsonValueKind.String ? TimeOf(to) : DateTimeOffset.MaxValue - _edge,
                gap.GetProperty("kind").GetString()!)),
        ];
    }

    private static DateTimeOffset TimeOf(JsonElement time) => DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Gap(DateTimeOffset From, DateTimeOffset To, string Kind)
    {
        public bool IsBlind => Kind is "Blind" or "Unrecorded";
    }
}
