using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Husai.Numerics.Instructions;

/// <summary>The widest vector instructions that this process uses. It decides speed, never results.</summary>
internal enum InstructionTier
{
    /// <summary>No vector hardware: every operation in software.</summary>
    Software,

    /// <summary>128-bit vectors (SSE4.2 or ARM Neon).</summary>
    Vector128,

    /// <summary>256-bit vectors with fused multiply-add (AVX2 and FMA).</summary>
    Avx2,

    /// <summary>512-bit vectors (AVX-512).</summary>
    Avx512,
}

/// <summary>Tells which instruction tier is in use.</summary>
internal static class Hardware
{
    /// <summary>The tier of this process, fixed when it started.</summary>
    public static InstructionTier Tier =>
        Vector512.IsHardwareAccelerated ? InstructionTier.Avx512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? InstructionTier.Avx2
        : Vector128.IsHardwareAccelerated ? InstructionTier.Vector128
        : InstructionTier.Software;
}
