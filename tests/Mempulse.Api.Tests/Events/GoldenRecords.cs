using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests.Events;

/// <summary>The golden records: at least one of every kind of event, numbered from 1.</summary>
internal static class GoldenRecords
{
    public static IReadOnlyList<SequencedRecord> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "events-v1.txt")).Where(line => line[0] != '#').Select((line, index) => RecordOf(line, index))];

    private static SequencedRecord RecordOf(string line, int index) => new(new GlobalSeq((ulong)index + 1), Convert.FromHexString(line.Split(' ')[3]));
}
