using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Rules;

/// <summary>Contents whose registries are read once for several engines: reading one takes longer than folding thousands of facts.</summary>
/// <remarks>Holds every registry that was read. Confined to one thread.</remarks>
/// <param name="contents">The contents.</param>
public sealed class SharedRules(IRulesContents contents) : IRulesContents
{
    private readonly SortedDictionary<Hash256, ReadOnlyMemory<byte>> _contents = [];
    private readonly List<(ReadOnlyMemory<byte> Content, ContractRegistry Registry)> _registries = [];

    /// <inheritdoc/>
    public string Place => contents.Place;

    /// <inheritdoc/>
    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        if (!_contents.TryGetValue(hash, out content))
        {
            if (!contents.TryRead(hash, out content))
            {
                return false;
            }

            _contents.Add(hash, content);
        }

        return true;
    }

    /// <inheritdoc/>
    public ContractRegistry RegistryOf(ReadOnlyMemory<byte> content)
    {
        int known = _registries.FindIndex(read => read.Content.Equals(content)); // the same memory, not only equal bytes
        if (known < 0)
        {
            known = _registries.Count;
            _registries.Add((content, contents.RegistryOf(content)));
        }

        return _registries[known].Registry;
    }
}
