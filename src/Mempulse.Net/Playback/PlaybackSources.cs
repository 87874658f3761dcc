using Mempulse.Net.Captures;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Playback;

/// <summary>The sources of a capture while it is played.</summary>
/// <remarks>Written by the lane's loop, read by whoever asks for the status.</remarks>
internal sealed class PlaybackSources(CaptureHeader header, string lane)
{
    private readonly Lock _gate = new();
    private readonly SourceId[] _ids = [.. header.Sources.Select(source => SourceId.Of(source.Name))];
    private readonly long[] _sightings = new long[header.Sources.Count];
    private readonly UnixNanoseconds[] _lastHeard = new UnixNanoseconds[header.Sources.Count];
    private UnixNanoseconds _latest = header.Start;
    private bool _isConnected;
    private string _lastLoss = string.Empty;

    /// <summary>The id of the source at an index; none for <see cref="CaptureEntry.NoSource"/>.</summary>
    public SourceId IdOf(int index) => index == CaptureEntry.NoSource ? default : _ids[index];

    /// <summary>Notes that a source said something.</summary>
    public void Heard(in CaptureEntry entry, UnixNanoseconds at)
    {
        lock (_gate)
        {
            _latest = at;
            if (entry.SourceIndex != CaptureEntry.NoSource)
            {
                _lastHeard[entry.SourceIndex] = at;
                _sightings[entry.SourceIndex] += entry.Via == SightingVia.Unknown ? 0 : 1;
            }
        }
    }

    /// <summary>The events that bring the sources up, at the capture's start.</summary>
    public IEnumerable<IngestItem> Connect()
    {
        SetConnected(isConnected: true, loss: string.Empty);
        for (int i = 0; i < _ids.Length; i++)
        {
            var source = header.Sources[i];
            var connected = new LogEvent.SourceConnected(source.Name, lane, source.Endpoint, header.Chain, source.Client, header.IsSynthetic);
            yield return IngestItem.Ready(connected, _ids[i], header.Start);
        }
    }

    /// <summary>The events that take the sources down, at the time of the last entry.</summary>
    public IEnumerable<IngestItem> Lose(SourceLossReason reason, string detail)
    {
        SetConnected(isConnected: false, detail);
        for (int i = 0; i < _ids.Length; i++)
        {
            yield return IngestItem.Ready(new LogEvent.SourceLost(header.Sources[i].Name, reason, detail), _ids[i], _latest);
        }
    }

    /// <summary>The sources as they stand, in order of their names.</summary>
    public IReadOnlyList<SourceStatus> ReadStatus()
    {
        lock (_gate)
        {
            return
            [
                .. header.Sources
                    .Select((source, i) => new SourceStatus(
                        source.Name, source.Endpoint, _isConnected, _sightings[i], _lastLoss.Length == 0 ? 0 : 1, _lastHeard[i], _lastLoss))
                    .OrderBy(status => status.Name, StringComparer.Ordinal),
            ];
        }
    }

    private void SetConnected(bool isConnected, string loss)
    {
        lock (_gate)
        {
            _isConnected = isConnected;
            _lastLoss = loss;
        }
    }
}
