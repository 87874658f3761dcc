using Mempulse.Grains.Hosting;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>The node's options while its command line is read.</summary>
internal sealed class NodeReading(NodeOptions configured)
{
    private const string OnlyDial = "none";

    private readonly List<(ChainId Chain, RpcEndpoint Endpoint)> _endpoints = [];
    private readonly List<(ChainId Chain, RpcEndpoint Endpoint)> _states = [];
    private ChainId _chain = new(1);
    private int _chainsGiven;
    private bool _isChainUsed = true; // the default chain needs no source
    private bool _isListening;
    private NodeOptions _options = configured;

    /// <summary>The chain of the options that follow; of those before it, if it is the only one and nothing follows.</summary>
    /// <exception cref="NodeUsageException">The chain before it has no source.</exception>
    public void UseChain(string id)
    {
        RequireUse();
        _chain = OptionText.Chain(id);
        _chainsGiven++;
        _isChainUsed = false;
    }

    /// <summary>A source of the current chain.</summary>
    public void AddEndpoint(string url)
    {
        _endpoints.Add((_chain, OptionText.Endpoint(url)));
        _isChainUsed = true;
    }

    /// <summary>A source of the current chain's state.</summary>
    public void AddState(string url)
    {
        _states.Add((_chain, OptionText.Endpoint(url)));
        _isChainUsed = true;
    }

    /// <summary>Connects to peers of the current chain.</summary>
    public void Listen(string address)
    {
        ChangePeers(peers => peers with { Chain = _chain.Value, Listen = address == OnlyDial ? null : address });
        _isListening = true;
        _isChainUsed = true;
    }

    /// <summary>Changes the settings of the peer-to-peer network, and turns it on.</summary>
    public void ChangePeers(Func<PeerSettings, PeerSettings> change) => _options = _options with { P2p = change(_options.P2p ?? new PeerSettings()) };

    /// <summary>Changes any other option.</summary>
    public void Change(Func<NodeOptions, NodeOptions> change) => _options = change(_options);

    /// <summary>The options, checked against each other. Endpoints of the command line replace those of the configuration.</summary>
    /// <exception cref="NodeUsageException">Two of them contradict each other.</exception>
    public NodeOptions ToOptions()
    {
        UseLastChain();
        var options = _options with { Chains = ByChain(_endpoints, _options.Chains), StateSources = ByChain(_states, _options.StateSources) };
        if (options.Chains.FirstOrDefault(chain => chain.Endpoints.DistinctBy(endpoint => endpoint.Name).Count() < chain.Endpoints.Count) is { } doubled)
        {
            throw new NodeUsageException($"Cannot use the same endpoint twice for chain {doubled.Chain}. Give each one once.");
        }

        bool isLive = options.Chains.Count > 0 || options.P2p is not null;
        if (isLive && options.Capture is not null)
        {
            throw new NodeUsageException("Cannot write live input (--rpc, --p2p) and a capture (--capture) to one log. Choose one of them.");
        }

        return isLive && options.Pace is not null
            ? throw new NodeUsageException("Cannot set the pace of live input: --speed applies to captures only. Remove it.")
            : OptionsCheck.Problems(MempulseSilo.Section, options) is [var problem, ..] ? throw new NodeUsageException(problem)
            : options;
    }

    /// <summary>A chain given after all sources is theirs if it is the only one; otherwise nothing says whose it is.</summary>
    private void UseLastChain()
    {
        if (!_isChainUsed && _chainsGiven == 1)
        {
            _isChainUsed = _isListening || _endpoints.Count + _states.Count > 0;
            ReplaceAll(_endpoints, _chain);
            ReplaceAll(_states, _chain);
            _options = _isListening ? _options with { P2p = _options.P2p! with { Chain = _chain.Value } } : _options;
        }

        RequireUse();
    }

    private void RequireUse()
    {
        if (!_isChainUsed)
        {
            throw new NodeUsageException($"Cannot use --chain {_chain}: no source belongs to it. Give its --rpc, --state-rpc or --p2p after it.");
        }
    }

    private static void ReplaceAll(List<(ChainId Chain, RpcEndpoint Endpoint)> sources, ChainId chain)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            sources[i] = (chain, sources[i].Endpoint);
        }
    }

    private static IReadOnlyList<ChainInput> ByChain(List<(ChainId Chain, RpcEndpoint Endpoint)> given, IReadOnlyList<ChainInput> otherwise) => given.Count == 0
        ? otherwise
        : [.. given.GroupBy(entry => entry.Chain, entry => entry.Endpoint).Select(group => new ChainInput(group.Key, [.. group]))];
}
