namespace Mempulse.Ethereum.Curves;

/// <summary>Where the three coefficients of a line stand in the twelfth-degree field: that depends on the twist.</summary>
internal enum LineShape
{
    /// <summary>y^2 = x^3 + b / xi, as on BN254.</summary>
    DivisorTwist = 0,

    /// <summary>y^2 = x^3 + b xi, as on BLS12-381.</summary>
    MultiplierTwist = 1,
}
