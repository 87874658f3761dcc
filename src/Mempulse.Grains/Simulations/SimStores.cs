using Mempulse.Canon.Reading;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Simulations;

/// <summary>The content stores beside this silo's logs, opened on first use.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SimStores(IOptions<SimHostOptions> options, IOptions<LogHostOptions> logs)
{
    private const int VolumeBytes = 4 << 20;

    private readonly SortedDictionary<ChainId, SimRecords> _records = [];
    private readonly Lock _gate = new();

    /// <summary>The codes that witnesses name, compressed.</summary>
    public PreparedCodes Codes { get; } = new();

    /// <summary>Returns the simulations of a chain's log and the store beside it.</summary>
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
                    VolumeBytes = VolumeBytes,
                    Files = logs.Value.Files,
                });
                _records.Add(chain, records = new SimRecords(log, store, Path.GetFullPath(directory)));
            }

            return records;
        }
    }
}
