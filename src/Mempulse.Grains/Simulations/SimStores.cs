using Mempulse.Canon.Reading;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Simulations;

/// <summary>The stores of witnesses beside this silo's logs, opened when first asked for.</summary>
/// <remarks>Safe for any thread.</remarks>
internal sealed class SimStores(IOptions<SimHostOptions> options, IOptions<LogHostOptions> logs)
{
    private readonly SortedDictionary<ChainId, SimRecords> _records = [];
    private readonly Lock _gate = new();

    /// <summary>The simulations in a chain's log and in the store beside it.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public SimRecords Of(ChainId chain, ILogReader log)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(chain, out var records))
            {
                string directory = logs.Value.DirectoryOf(chain);
                var store = ContentStore.Open(new ContentStoreOptions
                {
                    Directory = ContentDirectory.Beside(directory),
                    MaxBytes = options.Value.StoreBytes,
                    Files = logs.Value.Files,
                });
                _records.Add(chain, records = new SimRecords(log, store, Path.GetFullPath(directory)));
            }

            return records;
        }
    }
}
