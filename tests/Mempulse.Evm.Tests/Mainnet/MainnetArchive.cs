using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>The files of an archive under tests/vectors/mainnet, named without their top folder.</summary>
internal sealed class MainnetArchive(string archive) : PackedFiles(VectorArchive.Read("mainnet", archive)
    .Select(file => KeyValuePair.Create(file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file.Value)));
