using System.Diagnostics;

namespace Mempulse.Evm.Forks;

/// <summary>The rules of every fork, each defined by its changes to the previous one.</summary>
public static class ForkHistory
{
    /// <summary>Rules of <see cref="Fork.Frontier"/>.</summary>
    public static ForkRules Frontier { get; } = new() { Fork = Fork.Frontier };

    /// <summary>Rules of <see cref="Fork.Homestead"/>.</summary>
    public static ForkRules Homestead { get; } = Frontier with { Fork = Fork.Homestead, DaoForkBlock = Eip779.MainnetBlock };

    /// <summary>Rules of <see cref="Fork.TangerineWhistle"/>.</summary>
    public static ForkRules TangerineWhistle { get; } = Homestead with
    {
        Fork = Fork.TangerineWhistle,
        DaoForkBlock = null,
        ExtCodeGas = Eip150.ExtCodeGas,
        BalanceGas = Eip150.BalanceGas,
        SloadGas = Eip150.SloadGas,
        CallGas = Eip150.CallGas,
        SelfDestructGas = Eip150.SelfDestructGas,
        SelfDestructNewAccountGas = Eip150.SelfDestructNewAccountGas,
    };

    /// <summary>Rules of <see cref="Fork.SpuriousDragon"/>.</summary>
    public static ForkRules SpuriousDragon { get; } = TangerineWhistle with { Fork = Fork.SpuriousDragon, ExpByteGas = Eip160.ExpByteGas };

    /// <summary>Rules of <see cref="Fork.Byzantium"/>.</summary>
    public static ForkRules Byzantium { get; } = SpuriousDragon with { Fork = Fork.Byzantium, LastPrecompile = 8, BlockReward = Eip649.BlockReward };

    /// <summary>Rules of <see cref="Fork.Constantinople"/>.</summary>
    public static ForkRules Constantinople { get; } = Byzantium with
    {
        Fork = Fork.Constantinople,
        StorageMetering = StorageMetering.Net1283,
        BlockReward = Eip1234.BlockReward,
    };

    /// <summary>Rules of <see cref="Fork.Petersburg"/>.</summary>
    public static ForkRules Petersburg { get; } = Constantinople with { Fork = Fork.Petersburg, StorageMetering = StorageMetering.Plain };

    /// <summary>Rules of <see cref="Fork.Istanbul"/>.</summary>
    public static ForkRules Istanbul { get; } = Petersburg with
    {
        Fork = Fork.Istanbul,
        SloadGas = Eip1884.SloadGas,
        BalanceGas = Eip1884.BalanceGas,
        ExtCodeHashGas = Eip1884.ExtCodeHashGas,
        StorageMetering = StorageMetering.Net2200,
        LastPrecompile = 9,
    };

    /// <summary>Rules of <see cref="Fork.Berlin"/>.</summary>
    public static ForkRules Berlin { get; } = Istanbul with
    {
        Fork = Fork.Berlin,
        SloadGas = 0,
        BalanceGas = 0,
        ExtCodeGas = 0,
        ExtCodeHashGas = 0,
        CallGas = 0,
        StorageMetering = StorageMetering.WarmCold,
        ModExpPricing = ModExpPricing.Berlin,
    };

    /// <summary>Rules of <see cref="Fork.London"/>.</summary>
    public static ForkRules London { get; } = Berlin with
    {
        Fork = Fork.London,
        MaxRefundQuotient = Eip3529.MaxRefundQuotient,
        ClearRefund = Eip3529.ClearRefund,
        SelfDestructRefund = 0,
    };

    /// <summary>Rules of <see cref="Fork.Paris"/>.</summary>
    public static ForkRules Paris { get; } = London with { Fork = Fork.Paris, BlockReward = default };

    /// <summary>Rules of <see cref="Fork.Shanghai"/>.</summary>
    public static ForkRules Shanghai { get; } = Paris with { Fork = Fork.Shanghai };

    /// <summary>Rules of <see cref="Fork.Cancun"/>.</summary>
    public static ForkRules Cancun { get; } = Shanghai with { Fork = Fork.Cancun, Blobs = BlobSchedule.Cancun, LastPrecompile = 10 };

    /// <summary>Rules of <see cref="Fork.Prague"/>.</summary>
    public static ForkRules Prague { get; } = Cancun with { Fork = Fork.Prague, Blobs = BlobSchedule.Prague, LastPrecompile = 17 };

    /// <summary>Rules of <see cref="Fork.Osaka"/>.</summary>
    public static ForkRules Osaka { get; } = Prague with { Fork = Fork.Osaka, HasP256 = true, ModExpPricing = ModExpPricing.Osaka };

    /// <summary>Rules of <see cref="Fork.Bpo1"/>.</summary>
    public static ForkRules Bpo1 { get; } = Osaka with { Fork = Fork.Bpo1, Blobs = BlobSchedule.Bpo1 };

    /// <summary>Rules of <see cref="Fork.Bpo2"/>.</summary>
    public static ForkRules Bpo2 { get; } = Bpo1 with { Fork = Fork.Bpo2, Blobs = BlobSchedule.Bpo2 };

    /// <summary>Rules of <see cref="Fork.Amsterdam"/>; a placeholder equal to <see cref="Bpo2"/>.</summary>
    public static ForkRules Amsterdam { get; } = Bpo2 with { Fork = Fork.Amsterdam };

    /// <summary>Returns the rules of <paramref name="fork"/> with the parameters of mainnet.</summary>
    public static ForkRules Of(Fork fork) => fork switch
    {
        Fork.Frontier => Frontier,
        Fork.Homestead => Homestead,
        Fork.TangerineWhistle => TangerineWhistle,
        Fork.SpuriousDragon => SpuriousDragon,
        Fork.Byzantium => Byzantium,
        Fork.Constantinople => Constantinople,
        Fork.Petersburg => Petersburg,
        Fork.Istanbul => Istanbul,
        Fork.Berlin => Berlin,
        Fork.London => London,
        Fork.Paris => Paris,
        Fork.Shanghai => Shanghai,
        Fork.Cancun => Cancun,
        Fork.Prague => Prague,
        Fork.Osaka => Osaka,
        Fork.Bpo1 => Bpo1,
        Fork.Bpo2 => Bpo2,
        Fork.Amsterdam => Amsterdam,
        _ => throw new UnreachableException(),
    };
}
