using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Collects events in any order and writes them in order of time. Events at the same time keep the order in which they were added.</summary>
internal sealed class Timeline
{
    private readonly List<(long Offset, Action<CaptureWriter> Write)> _entries = [];

    public void Sighting(long offset, int source, Hash256 hash, SightingVia via) =>
        _entries.Add((offset, writer => writer.AddSighting(offset, source, hash, via)));

    public void Body(long offset, int source, Hash256 expected, byte[] raw, SightingVia via) =>
        _entries.Add((offset, writer => writer.AddBody(offset, source, expected, raw, via)));

    public void Fact(long offset, int source, LaneFact fact) =>
        _entries.Add((offset, writer => writer.AddFact(offset, source, fact)));

    /// <summary>Writes everything.</summary>
    public void WriteTo(CaptureWriter writer)
    {
        foreach (var (_, write) in _entries.OrderBy(entry => entry.Offset))
        {
            write(writer);
        }
    }
}
