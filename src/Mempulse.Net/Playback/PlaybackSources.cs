using Mempulse.Net.Captures;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Playback;

/// <summary>The sources of a capture during playback.</summary>
/// <remarks>Written by the lane's loop; any thread may read the status.</remarks>
internal sealed class PlaybackSources(CaptureHeader header, string lane)
{
    private readonly Lock _gate = new();
    private readonly SourceId[] _ids = [.. header.Sources.Select(source => SourceId.Of(source.Name))];
    private readonly long[] _sightings = new long[header.Sources.Count];
    private readonly UnixNanoseconds[] _lastHeard = new UnixNanoseconds[header.Sources.Count];
    private UnixNanoseconds _latest = header.Start;
    private bool _isConnected;
    private string _lastLoss = string.Empty;

    /// <summary>Returns the id of the source at an index; <c>default</c> for <see cref="CaptureEntry.NoSource"/>.</summary>
    public SourceId IdOf(int index) => index == CaptureEntry.NoSource ? default : _ids[index];

    /// <summary>Notes that a source sent data.</summary>
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

    /// <summary>Notes why nothing is played.</summary>
    public void Skip(string detail) => SetConnected(isConnected: false, detail);

    /// <summary>Connects the sources: returns their events, at the capture's start.</summary>
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

    /// <summary>Loses the sources: returns their events, at the time of the last entry.</summary>
    public IEnumerable<IngestItem> Lose(SourceLossReason reason, string detail)
    {
        SetConnected(isConnected: false, detail);
        for (int i = 0; i < _ids.Length; i++)
        {
            yield return IngestItem.Ready(new LogEvent.SourceLost(header.Sources[i].Name, reason, detail), _ids[i], _latest);
        }
    }

    /// <summary>Returns the status of the sources, ordered by name.</summary>
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
