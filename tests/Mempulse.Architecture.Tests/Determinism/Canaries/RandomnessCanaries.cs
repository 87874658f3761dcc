namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Randomness)]
internal sealed class SeededRandom
{
    internal int Next(Random random) => random.Next();
}

[CaughtAs(Determinism.Rule.Randomness)]
internal sealed class NewGuid
{
    internal Guid Next() => Guid.NewGuid();
}

[CaughtAs(Determinism.Rule.Randomness)]
internal sealed class CryptoRandom
{
    internal byte[] Next() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(8);
}
