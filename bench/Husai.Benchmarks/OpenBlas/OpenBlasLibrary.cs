using System.Runtime.InteropServices;

namespace Husai.Benchmarks.OpenBlas;

/// <summary>The two functions of OpenBLAS that the comparison calls; used by benchmarks only.</summary>
internal static unsafe partial class OpenBlasLibrary
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;

    public static void Multiply(
        bool transposeLeft, bool transposeRight, int rows, int columns, int inner, float* left, int leftStride,
        float* right, int rightStride, float* result, int resultStride) =>
        SingleMultiply(
            RowMajor, transposeLeft ? 112 : 111, transposeRight ? 112 : 111, rows, columns, inner, 1f, left, leftStride,
            right, rightStride, 0f, result, resultStride);

    /// <summary>The kernels that OpenBLAS runs on this processor, by the name of the processor that they were written for.</summary>
    public static string Kernels => Marshal.PtrToStringUTF8(CoreName()) ?? "unknown";

    [LibraryImport(Library, EntryPoint = "openblas_set_num_threads")]
    public static partial void SetThreads(int threads);

    [LibraryImport(Library, EntryPoint = "openblas_get_corename")]
    private static partial nint CoreName();

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void SingleMultiply(
        int order, int transposeLeft, int transposeRight, int rows, int columns, int inner, float alpha, float* left, int leftStride,
        float* right, int rightStride, float beta, float* result, int resultStride);
}
