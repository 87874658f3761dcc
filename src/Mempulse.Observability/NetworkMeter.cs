using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The instruments of a chain's peer-to-peer network.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class NetworkMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Devp2p";

    private readonly Meter _meter; // the factory owns it
    private readonly UpDownCounter<long> _peers;
    private readonly Counter<long> _dials;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _offences;
    private readonly Counter<long> _bans;
    private readonly Counter<long> _foreignNodes;
    private readonly KeyValuePair<string, object?> _chain;

    /// <summary>The instruments of a chain's network.</summary>
    public NetworkMeter(IMeterFactory meters, ChainId chain)
    {
        _meter = meters.Create(Name);
        _peers = _meter.CreateUpDownCounter<long>("mempulse_p2p_peers", null, "Peers, by direction: Inbound, Outbound.");
        _dials = _meter.CreateCounter<long>("mempulse_p2p_dials", null, "Dials, by outcome: connected, or the reason of the failure.");
        _bytes = _meter.CreateCounter<long>("mempulse_p2p_wire", "By", "Bytes of frames, by direction: in, out.");
        _offences = _meter.CreateCounter<long>("mempulse_p2p_offences", null, "Offences of peers, by kind.");
        _bans = _meter.CreateCounter<long>("mempulse_p2p_bans", null, "Peers banned for offences.");
        _foreignNodes = _meter.CreateCounter<long>("mempulse_p2p_foreign_nodes", null, "Discovered nodes whose record states another chain, a stale fork or no fork id.");
        _chain = Telemetry.Label(chain);
    }

    /// <summary>Counts a peer in.</summary>
    public void PeerConnected(string direction) => _peers.Add(1, _chain, Direction(direction));

    /// <summary>Counts a peer out.</summary>
    public void PeerDisconnected(string direction) => _peers.Add(-1, _chain, Direction(direction));

    /// <summary>Counts a dial.</summary>
    public void Dialled(string outcome) => _dials.Add(1, _chain, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Counts bytes of a frame that was read.</summary>
    public void Read(int bytes) => _bytes.Add(bytes, _chain, Direction("in"));

    /// <summary>Counts bytes of a frame that was written.</summary>
    public void Written(int bytes) => _bytes.Add(bytes, _chain, Direction("out"));

    /// <summary>Counts an offence.</summary>
    public void Offended(string kind) => _offences.Add(1, _chain, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Counts a ban.</summary>
    public void Banned() => _bans.Add(1, _chain);

    /// <summary>Counts a discovered node of another chain.</summary>
    public void FoundForeignNode() => _foreignNodes.Add(1, _chain);

    private static KeyValuePair<string, object?> Direction(string name) => new("direction", name);
}
