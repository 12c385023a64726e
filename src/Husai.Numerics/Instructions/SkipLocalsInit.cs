using System.Runtime.CompilerServices;

// Kernels fill what they reserve on the stack before they read it.
[module: SkipLocalsInit]
