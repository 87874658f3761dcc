namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.HashValue)]
internal sealed class OrdersByHash
{
    internal int Order(object left, object right) => left.GetHashCode().CompareTo(right.GetHashCode());
}

[CaughtAs(Determinism.Rule.HashValue)]
internal sealed class MixesHash
{
    internal int Mix(int value) => HashCode.Combine(value);
}

[CaughtAs(Determinism.Rule.HashValue)]
internal sealed class IdentityHash
{
    internal int Of(object value) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
}
