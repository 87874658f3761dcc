using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Sightings;

/// <summary>Takes in which sources can be heard.</summary>
internal sealed class SourceRule(MempoolState state)
{
    public void Connected(LogEvent.SourceConnected connected)
    {
        if (state.SourceOf(SourceId.Of(connected.Name)) is { } source)
        {
            source.Name = connected.Name;
            source.IsConnected = true;
            source.IsSynthetic = connected.IsSynthetic;
            state.Changed(source);
        }
    }

    public void Lost(LogEvent.SourceLost lost)
    {
        if (state.SourceOf(SourceId.Of(lost.Name)) is { } source)
        {
            source.Name = lost.Name;
            source.IsConnected = false;
            state.Changed(source);
        }
    }
}
