using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>The files of a packed archive of mainnet, without the folder that holds them all.</summary>
internal sealed class MainnetArchive(string archive) : PackedFiles(VectorArchive.Read("mainnet", archive)
    .Select(file => KeyValuePair.Create(file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file.Value)));
