using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Rules;

/// <summary>The contents that <see cref="Primitives.Events.LogEvent.RulesLoaded"/> names.</summary>
public interface IRulesContents
{
    /// <summary>Where the contents are, for messages.</summary>
    string Place { get; }

    /// <summary>Reads a content whose Keccak-256 is <paramref name="hash"/>.</summary>
    /// <returns>False if it is not there, or is damaged.</returns>
    bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content);

    /// <summary>The registry that a content is.</summary>
    /// <param name="content">What <see cref="TryRead"/> returned.</param>
    /// <exception cref="RegistryException">This version cannot read it.</exception>
    ContractRegistry RegistryOf(ReadOnlyMemory<byte> content) => RegistryReader.Read(content);
}
