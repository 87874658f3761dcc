using Mempulse.Canon;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>The log of a service that is not running, cut after a record: what a crash leaves between this record and the next one.</summary>
internal static class CutLog
{
    /// <summary>Cuts the log of the only chain after the first record of a kind. What the service stored beside the log stays, since it is stored before it is on record.</summary>
    public static async Task AfterFirstAsync(EventKind kind, string dataPath, CancellationToken stop)
    {
        string directory = Path.GetDirectoryName(Directory.EnumerateFiles(dataPath, "*.wal", SearchOption.AllDirectories).First())!;
        string cut = directory + ".cut";
        using (var log = EventLog.Open(new EventLogOptions { Directory = cut, Chain = LogDirectory.ChainOf(directory) }))
        {
            await CopyAsync(directory, log, kind, stop);
        }

        string checkpoints = Path.Combine(directory, LogDirectory.CheckpointsName);
        if (Directory.Exists(checkpoints))
        {
            Directory.Delete(checkpoints, recursive: true); // they may be of a state past the cut
        }

        foreach (string file in Directory.EnumerateFiles(directory))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.EnumerateFiles(cut))
        {
            File.Move(file, Path.Combine(directory, Path.GetFileName(file)));
        }

        Directory.Delete(cut, recursive: true);
    }

    private static async Task CopyAsync(string directory, EventLog log, EventKind last, CancellationToken stop)
    {
        using var scan = LogDirectory.OpenRead(directory).Scan(GlobalSeq.None.Next);
        while (scan.MoveNext())
        {
            var batches = new List<(EventBatch Batch, bool IsLast)>();
            foreach (var record in scan.Current!)
            {
                var batch = new EventBatch(record.Lane);
                batch.AddCopy(record, record.Meta);
                batches.Add((batch, record.Kind == last));
            }

            foreach (var (batch, isLast) in batches)
            {
                await log.AppendAsync(batch, stop);
                if (isLast)
                {
                    return;
                }
            }
        }

        throw new InvalidOperationException($"The log has no record of kind {last}.");
    }
}
