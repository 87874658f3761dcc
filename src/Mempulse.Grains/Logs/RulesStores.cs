using Mempulse.Primitives;
using Mempulse.Storage.Rules;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Logs;

/// <summary>The contents of the rules beside this silo's logs. Thread-safe.</summary>
internal sealed class RulesStores(IOptions<LogHostOptions> logs)
{
    private readonly SortedDictionary<ChainId, RulesStore> _stores = [];
    private readonly Lock _gate = new();

    /// <summary>The store beside a chain's log.</summary>
    public RulesStore Of(ChainId chain)
    {
        lock (_gate)
        {
            if (!_stores.TryGetValue(chain, out var store))
            {
                _stores.Add(chain, store = RulesStore.Beside(logs.Value.DirectoryOf(chain), logs.Value.Files));
            }

            return store;
        }
    }
}
