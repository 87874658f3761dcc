using System.Collections.Concurrent;
using Mempulse.Features.Grading;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;

namespace Mempulse.Api.Decoding;

/// <summary>The registry that is in force in each chain's log, read again only when another one is. Thread-safe.</summary>
internal sealed class RegistryCache(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<ChainId, ContractRegistry> _registries = new();

    /// <summary>Returns what calls of a chain are decoded by; null if its log states no registry.</summary>
    /// <exception cref="IOException">The content of the registry is not readable any more.</exception>
    public async ValueTask<DecodeBasis?> FindBasisAsync(ChainId chain)
    {
        if (await FindAsync(chain) is not { } registry)
        {
            return null;
        }

        var drifting = await grains.Mempool(chain).GetDriftingFunctions();
        return new DecodeBasis(registry, drifting.Count == 0 ? DecodeTrust.Full : new DecodeTrust(drifting.Select(static function => new GradedFunction(function.Contract, function.Layout, function.Signature))));
    }

    /// <summary>Returns the registry of a chain; null if its log states none.</summary>
    /// <exception cref="IOException">Its content is not readable any more.</exception>
    public async ValueTask<ContractRegistry?> FindAsync(ChainId chain)
    {
        if (await grains.Mempool(chain).GetRegistry() is not { } inForce)
        {
            return null;
        }

        if (_registries.TryGetValue(chain, out var known) && known.ContentHash == inForce.ContentHash)
        {
            return known;
        }

        var content = await grains.LogReader(chain).ReadRules(inForce.ContentHash)
            ?? throw new IOException($"The registry {inForce.ContentHash} of chain {chain} is not beside its log, or is damaged there.");
        return _registries[chain] = RegistryReader.Read(content);
    }
}
