using System.Globalization;
using Mempulse.Client.Status;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mempulse.Cli.Monitoring;

/// <summary>Draws a node's status. Rates are computed from the previous answer.</summary>
internal static class StatusScreen
{
    private const double MillisecondsPerSecond = 1000;

    public static IRenderable Draw(StatusResponse now, StatusResponse? before) =>
        new Rows(Head(now, before), Pool(now), Lanes(now, before), Sources(now, before));

    private static Rows Head(StatusResponse now, StatusResponse? before)
    {
        string synthetic = now.Synthetic ? "  [yellow]SYNTHETIC arrival times[/]" : string.Empty;
        var lines = new List<IRenderable>
        {
            new Markup($"[bold]chain {Markup.Escape(now.Chain)}[/]  head {now.Fold.HeadNumber?.ToString(CultureInfo.InvariantCulture) ?? "none"}  {Markup.Escape(now.Fold.EventTime)}{synthetic}"),
            new Markup($"log {Markup.Escape(now.Log.State)}  seq {now.Log.Watermark}  epoch {now.Log.Epoch}  "
                + $"{Rate(now, before, status => status.Log.AppendedEvents)} events/s  {Rate(now, before, status => status.Log.DurableBytes)} B/s"),
            new Markup($"fold {Markup.Escape(now.Fold.Phase)}  applied {now.Fold.AppliedSeq}  lag {now.Fold.LagEvents}  {Markup.Escape(now.Fold.Digest)}  "
                + $"holes filled {now.Follower.Holes}, stalls {now.Follower.Stalls}"),
        };
        foreach (string detail in new[] { now.Log.Detail, now.Fold.Detail }.Where(detail => detail.Length > 0))
        {
            lines.Add(new Markup($"[red]{Markup.Escape(detail)}[/]"));
        }

        return new Rows(lines);
    }

    private static Table Pool(StatusResponse now)
    {
        var table = new Table();
        foreach (string state in now.Pool.Keys)
        {
            table.AddColumn(new TableColumn(Markup.Escape(state)).RightAligned());
        }

        return table.Columns.Count == 0 ? table.AddColumn("pool") : table.AddRow([.. now.Pool.Values.Select(count => Number(count))]);
    }

    private static Table Lanes(StatusResponse now, StatusResponse? before)
    {
        var table = new Table().AddColumns("lane", "in/s", "bodies/s", "events/s", "queue", "peak", "drops");
        foreach (var lane in now.Lanes)
        {
            string drops = string.Join(", ", lane.Drops.Where(drop => drop.Value > 0).Select(drop => $"{drop.Key} {drop.Value}"));
            table.AddRow(
                Markup.Escape(lane.Running ? lane.Name : $"{lane.Name} ({(lane.Failure.Length > 0 ? "failed" : "ended")})"),
                Rate(now, before, status => Of(status, lane.Name)?.Accepted ?? 0),
                Rate(now, before, status => Of(status, lane.Name)?.Decoded ?? 0),
                Rate(now, before, status => Of(status, lane.Name)?.Appended ?? 0),
                $"{lane.QueueDepth}/{lane.QueueCapacity}",
                Number(lane.QueuePeak),
                drops.Length == 0 ? "none" : Markup.Escape(drops));
        }

        return table;
    }

    private static Table Sources(StatusResponse now, StatusResponse? before)
    {
        var table = new Table().AddColumns("source", "connected", "sightings", "per s", "first");
        foreach (var source in now.Sources)
        {
            table.AddRow(
                Markup.Escape(source.Name),
                source.Connected ? "yes" : "[red]no[/]",
                Number((long)source.Sightings),
                Rate(now, before, status => (long)(status.Sources.FirstOrDefault(other => other.Name == source.Name)?.Sightings ?? 0)),
                Number((long)source.Firsts));
        }

        return table;
    }

    private static LanePart? Of(StatusResponse status, string lane) => status.Lanes.FirstOrDefault(other => other.Name == lane);

    private static string Rate(StatusResponse now, StatusResponse? before, Func<StatusResponse, long> counter)
    {
        if (before is null || now.TimeMs <= before.TimeMs)
        {
            return "-";
        }

        // A counter falls when the process was restarted.
        double perSecond = Math.Max(0, counter(now) - counter(before)) * MillisecondsPerSecond / (now.TimeMs - before.TimeMs);
        return Number((long)Math.Round(perSecond));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
