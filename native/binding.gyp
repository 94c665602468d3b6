{
  # The kernels are compiled once per instruction set; dispatch.cpp chooses when the program runs.
  "variables": {
    "kernel_sources": [
      "cpu/activation.cpp", "cpu/activity.cpp", "cpu/backward.cpp", "cpu/bidiagonalize.cpp", "cpu/compact.cpp",
      "cpu/forward.cpp", "cpu/gradient.cpp", "cpu/gradientBf16.cpp", "cpu/moments.cpp", "cpu/rectified.cpp", "cpu/table.cpp", "cpu/transposeTimes.cpp",
    ],
    "conditions": [
      ["target_arch=='x64' and OS!='win'", {"x86_levels": 1}, {"x86_levels": 0}],
    ],
  },
  "target_defaults": {
    "include_dirs": ["include"],
    "cflags": ["-Wall", "-Wextra"],
    "cflags_cc!": ["-fno-exceptions", "-fno-rtti"],
    "cflags_cc": ["-std=c++17", "-O3", "-fno-math-errno"],
    "xcode_settings": {
      "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
      "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
      "GCC_OPTIMIZATION_LEVEL": "3",
      "MACOSX_DEPLOYMENT_TARGET": "11.0",
    },
    "msvs_settings": {"VCCLCompilerTool": {"ExceptionHandling": 1, "AdditionalOptions": ["/std:c++17"]}},
  },
  "conditions": [
    ["x86_levels==1", {
      "targets": [
        {
          "target_name": "kernels_v2", "type": "static_library", "sources": ["<@(kernel_sources)"],
          "defines": ["LRLAB_ISA=x86_64_v2"], "cflags_cc": ["-march=x86-64-v2"],
          "xcode_settings": {"OTHER_CPLUSPLUSFLAGS": ["-march=x86-64-v2"]},
        },
        {
          "target_name": "kernels_v3", "type": "static_library", "sources": ["<@(kernel_sources)"],
          "defines": ["LRLAB_ISA=x86_64_v3"], "cflags_cc": ["-march=x86-64-v3"],
          "xcode_settings": {"OTHER_CPLUSPLUSFLAGS": ["-march=x86-64-v3"]},
        },
        {
          "target_name": "kernels_v4", "type": "static_library", "sources": ["<@(kernel_sources)"],
          "defines": ["LRLAB_ISA=x86_64_v4"], "cflags_cc": ["-march=x86-64-v4"],
          "xcode_settings": {"OTHER_CPLUSPLUSFLAGS": ["-march=x86-64-v4"]},
        },
      ],
    }, {
      "targets": [
        {
          "target_name": "kernels_generic", "type": "static_library", "sources": ["<@(kernel_sources)"],
          "defines": ["LRLAB_ISA=generic"],
        },
      ],
    }],
  ],
  "targets": [
    {
      "target_name": "lrlab",
      "sources": [
        "addon/addon.cpp", "addon/engines.cpp", "addon/linear.cpp", "addon/networks.cpp", "addon/setup.cpp",
        "shared/checks.cpp",
        "<!@(node -p \"require('fs').readdirSync('cpu').filter((f) => f.endsWith('.cpp')).map((f) => 'cpu/' + f).join(' ')\")",
      ],
      "sources!": ["<@(kernel_sources)"],
      "include_dirs": ["../node_modules/node-addon-api"],
      # SWALLOW: a thread that is being ended takes no JavaScript error any more; trying to give it one ends the program
      "defines": [
        "NAPI_VERSION=8", "NODE_ADDON_API_DISABLE_DEPRECATED", "NODE_ADDON_API_CPP_EXCEPTIONS",
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
      ],
      "conditions": [
        ["x86_levels==1", {
          "defines": ["LRLAB_X86_LEVELS"],
          "dependencies": ["kernels_v2", "kernels_v3", "kernels_v4"],
        }, {
          "dependencies": ["kernels_generic"],
        }],
      ],
    },
  ],
}
