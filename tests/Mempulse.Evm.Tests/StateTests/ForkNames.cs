using Mempulse.Ethereum.Forks;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Maps the suites' fork names to forks.</summary>
internal static class ForkNames
{
    public static Fork Of(string name) => name switch
    {
        "EIP150" => Fork.TangerineWhistle,
        "EIP158" => Fork.SpuriousDragon,
        "ConstantinopleFix" => Fork.Petersburg,
        "Merge" => Fork.Paris,
        "MuirGlacier" => Fork.Istanbul,
        "ArrowGlacier" or "GrayGlacier" => Fork.London,
        _ => Enum.TryParse<Fork>(name, ignoreCase: true, out var fork) ? fork : throw new InvalidDataException($"'{name}' is not a known fork."),
    };
}
