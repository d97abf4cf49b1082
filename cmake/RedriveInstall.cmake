include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

install(TARGETS redrive EXPORT redrive-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/redrive DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET redrive_program AND TARGET redrive_sim_program)
  install(TARGETS redrive_program redrive_sim_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(EXPORT redrive-targets FILE redriveTargets.cmake NAMESPACE redrive:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/redrive)
configure_package_config_file(cmake/redriveConfig.cmake.in redriveConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/redrive)
write_basic_package_version_file(redriveConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/redriveConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/redriveConfigVersion.cmake"
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/redrive)
