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
        if (state.Sources.Of(SourceId.Of(name)) is { } source)
        {
            source.Name = name;
            state.Sources.Disconnect(source);
            state.Changed(source);
        }
    }

    /// <summary>A writer began: whoever could be heard by the one before was lost with it.</summary>
    public void Restarted()
    {
        foreach (var source in state.Sources.Sorted())
        {
            if (source.IsConnected)
            {
                state.Sources.Disconnect(source);
                state.Changed(source);
            }
        }
    }

    private void Connected(string name, bool isSynthetic)
    {
        if (state.Sources.Of(SourceId.Of(name)) is { } source)
        {
            source.Name = name;
            state.Sources.Connect(source);
            source.IsSynthetic = isSynthetic;
            state.Changed(source);
        }
    }
}
