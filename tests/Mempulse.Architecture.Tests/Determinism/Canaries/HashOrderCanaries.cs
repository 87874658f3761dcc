namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class ForeachOverDictionary
{
    internal int Sum(Dictionary<int, int> map) { int sum = 0; foreach (var (key, _) in map) { sum = sum * 31 + key; } return sum; }
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class ForeachOverKeys
{
    internal int First(Dictionary<int, int> map) { foreach (int key in map.Keys) { return key; } return 0; }
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class ForeachOverValues
{
    internal int First(Dictionary<int, int> map) { foreach (int value in map.Values) { return value; } return 0; }
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class ForeachOverHashSet
{
    internal int First(HashSet<int> set) { foreach (int item in set) { return item; } return 0; }
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class DictionaryFromCollectionExpression
{
    private readonly Dictionary<int, int> _map = [];
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class DictionaryBehindAnInterface
{
    internal IReadOnlyDictionary<int, int>? Map { get; init; }
}

[CaughtAs(Determinism.Rule.HashOrder)]
internal sealed class DictionaryThroughLinq
{
    internal int[] Sorted(object map) => [.. ((Dictionary<int, int>)map).Select(pair => pair.Key)];
}
