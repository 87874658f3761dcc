using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Sightings;

/// <summary>Takes in which sources can be heard.</summary>
internal sealed class SourceRule(MempoolState state)
{
    public void Connected(LogEvent.SourceConnected connected) => Connected(connected.Name, connected.IsSynthetic);

    /// <summary>A peer is a source too.</summary>
    public void Connected(LogEvent.PeerConnected connected) => Connected(connected.Name, isSynthetic: false);

    public void Lost(string name)
    {
        if (state.SourceOf(SourceId.Of(name)) is { } source)
        {
            source.Name = name;
            source.IsConnected = false;
            state.Changed(source);
        }
    }

    private void Connected(string name, bool isSynthetic)
    {
        if (state.SourceOf(SourceId.Of(name)) is { } source)
        {
            source.Name = name;
            source.IsConnected = true;
            source.IsSynthetic = isSynthetic;
            state.Changed(source);
        }
    }
}
